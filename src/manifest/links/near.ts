/** Whether two namespaces are, or could be, the same: one that is not written is wherever it is applied to. */
export function isNear(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
