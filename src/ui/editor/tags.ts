/** How VS Code draws a finding besides its line: struck through, or faded. */
export const tags: ReadonlyMap<string, 'Deprecated' | 'Unnecessary'> = new Map([
  ['removed-api-version', 'Deprecated'],
  ['removed-volume-type', 'Deprecated'],
  ['external-name-ignored', 'Unnecessary'],
  ['headless-ignores', 'Unnecessary'],
  ['namespace-ignored', 'Unnecessary'],
  ['policy-rule-ignored', 'Unnecessary'],
  ['unused-volume', 'Unnecessary'],
]);
