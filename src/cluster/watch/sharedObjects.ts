const slotBits = 15;

type Fields = Record<string, unknown>;

/**
 * Parts that repeat from object to object (labels, ports, mounts, volumes, owners) are kept once: the pods of a
 * Deployment have most of theirs in common. A fixed table, so that it costs the same after a year: what was pushed out
 * is merely kept a second time.
 */
export class SharedObjects {
  readonly #slots = new Array<object | undefined>(1 << slotBits).fill(undefined);
  /** Of the part that was looked up last: what it stands in is told apart by it. */
  #hash = 0;

  /** The same object, which nobody else holds yet, with its parts replaced by equal ones that are there already. */
  share<T extends object>(object: T): T {
    this.#shareFields(object as Fields);
    return object;
  }

  /** @returns a hash of the fields */
  #shareFields(fields: Fields): number {
    // Not 0, lest an object has the hash of its only part, and the two push each other out.
    let hash = 17;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'object' && value !== null) {
        fields[name] = this.#known(value);
        hash = (Math.imul(hash, 31) + this.#hash) | 0;
      } else hash = (Math.imul(hash, 31) + hashOf(value)) | 0;
    }
    return hash;
  }

  #shareItems(items: unknown[]): number {
    let hash = items.length + 1;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === 'object' && item !== null) {
        items[index] = this.#known(item);
        hash = (Math.imul(hash, 31) + this.#hash) | 0;
      } else hash = (Math.imul(hash, 31) + hashOf(item)) | 0;
    }
    return hash;
  }

  #known(part: object): object {
    const hash = Array.isArray(part)
      ? this.#shareItems(part as unknown[])
      : this.#shareFields(part as Fields);
    this.#hash = hash;
    const slot = (hash ^ (hash >>> slotBits)) & ((1 << slotBits) - 1);
    const known = this.#slots[slot];
    if (known !== undefined && areSame(known, part)) return known;
    // What V8's filter gives has room for many more items; a copy has not.
    const kept = Array.isArray(part) ? (part as unknown[]).slice() : part;
    this.#slots[slot] = kept;
    return kept;
  }
}

/** A cheap one, of a value that is no object: equal ones have the same; others are told apart by {@link areSame}. */
function hashOf(value: unknown): number {
  if (typeof value === 'string') {
    const { length } = value;
    if (length === 0) return 7;
    const middle = value.charCodeAt(length >> 1);
    const nearLast = length > 1 ? value.charCodeAt(length - 2) : 0;
    const ends = value.charCodeAt(0) * 131 + value.charCodeAt(length - 1) * 92_821;
    return length + ends + middle * 17_011 + nearLast * 1_315_423;
  }
  if (typeof value === 'number') return value | 0;
  return value === true ? 3 : 5;
}

/** Whether two have the same fields; their own parts are shared already, so that the same part is one object. */
function areSame(a: object, b: object): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
    return true;
  }
  let fields = 0;
  for (const name in b) {
    const value = (b as Fields)[name];
    if ((a as Fields)[name] !== value || (value === undefined && !Object.hasOwn(a, name))) return false;
    fields += 1;
  }
  return Object.keys(a).length === fields;
}
