/** Longer strings seldom repeat. */
const longest = 160;
const slotBits = 14;

/**
 * Strings that repeat from object to object (label keys and values, images, mount paths, node names) are kept once.
 * A fixed table, so that it costs the same after a year: what was pushed out is merely kept a second time.
 */
export class SharedStrings {
  readonly #slots = new Array<string | undefined>(1 << slotBits).fill(undefined);

  /** The UTF-8 text between two places of the bytes; nothing is allocated where it is known. */
  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > longest) return bytes.toString('utf8', start, end);
    let hash = length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > 0x7f) return bytes.toString('utf8', start, end);
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const slot = slotOf(hash);
    const known = this.#slots[slot];
    if (known?.length === length && isAt(known, bytes, start)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#slots[slot] = text;
    return text;
  }

  /** The same for a string that is there already, as JSON's reader makes them. */
  share(text: string): string {
    if (text.length === 0 || text.length > longest) return text;
    let hash = text.length;
    for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    const slot = slotOf(hash);
    const known = this.#slots[slot];
    if (known === text) return known;
    this.#slots[slot] = text;
    return text;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> slotBits)) & ((1 << slotBits) - 1);
}

function isAt(text: string, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  }
  return true;
}
