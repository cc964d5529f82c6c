import type { Verb } from './verb.ts';

/**
 * How each verb is loaded: only the one that runs, so that `podnet lint` does not wait for the code that talks to
 * clusters. In the order of `podnet --help`.
 */
export const verbs: ReadonlyMap<string, () => Promise<Verb>> = new Map([
  ['list', async () => (await import('./list.ts')).list],
  ['check', async () => (await import('./check.ts')).check],
  ['dns', async () => (await import('./dns.ts')).dns],
  ['volume', async () => (await import('./volume.ts')).volume],
  ['matrix', async () => (await import('./matrix.ts')).matrix],
  ['trace', async () => (await import('./trace.ts')).trace],
  ['reach', async () => (await import('./reach.ts')).reach],
  ['lint', async () => (await import('./lint.ts')).lint],
  ['fix', async () => (await import('./fix.ts')).fix],
  ['repair', async () => (await import('./repair.ts')).repair],
  ['lab', async () => (await import('./lab.ts')).lab],
]);
