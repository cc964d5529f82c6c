/** What a node's details list: those that have a value. */
export function facts(
  pairs: readonly (readonly [name: string, value: string])[],
): readonly { readonly name: string; readonly value: string }[] {
  return pairs.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
}
