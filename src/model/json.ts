/*
 * Reading of untrusted JSON: an API server's answer or a manifest. A field of another type than the API's is
 * read as if it were absent; nothing here throws.
 */

export type Json = Readonly<Record<string, unknown>>;

const empty: Json = Object.freeze({});

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : empty;
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

export function flag(value: unknown, otherwise = false): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

/** A map of strings; entries of other types are left out. Any key is safe. */
export function strings(value: unknown): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, entry] of Object.entries(record(value))) {
    if (typeof entry !== 'string') continue;
    // Assigned, this one name would set the prototype.
    if (name === '__proto__') {
      Object.defineProperty(found, name, {
        value: entry,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else found[name] = entry;
  }
  return found;
}
