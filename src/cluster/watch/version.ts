/** A resource version: a number where it fits one, which all servers of today send; else as it came. */
export type Version = number | string;

export function versionOf(text: string): Version {
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

/** Whether `a` is older than `b`. Versions that are not numbers have no order (API concepts, resource versions). */
export function isOlder(a: Version | undefined, b: Version | undefined): boolean {
  return typeof a === 'number' && typeof b === 'number' && a < b;
}
