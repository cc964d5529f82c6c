import { timeText } from './time.ts';

/** Longer strings seldom repeat. */
const longest = 160;
const slotBits = 14;
const timeSlots = 1024;

/**
 * Strings that repeat from object to object (label keys and values, images, mount paths, node names) are kept once.
 * A fixed table, so that it costs the same after a year: what was pushed out is merely kept a second time.
 */
export class SharedStrings {
  readonly #slots = new Array<string | undefined>(1 << slotBits).fill(undefined);
  readonly #seconds = new Array<number | undefined>(timeSlots).fill(undefined);
  readonly #times = new Array<string | undefined>(timeSlots).fill(undefined);

  /** The UTF-8 text between two places of the bytes; nothing is allocated where it is known. */
  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > longest) return bytes.toString('utf8', start, end);
    const slot = slotOf(bytes, start, length);
    const known = this.#slots[slot];
    if (known?.length === length && isAt(known, bytes, start)) return known;
    const text = bytes.toString('utf8', start, end);
    // Only of ASCII does a character stand for each byte.
    if (text.length === length) this.#slots[slot] = text;
    return text;
  }

  /** A time as meta/v1 writes it in JSON; pods of a workload have most of theirs in common. */
  time(seconds: number): string {
    const slot = seconds & (timeSlots - 1);
    if (this.#seconds[slot] === seconds) return this.#times[slot] ?? '';
    const text = timeText(seconds);
    this.#seconds[slot] = seconds;
    this.#times[slot] = text;
    return text;
  }
}

/** By the length, and the bytes in which names differ: the first, the middle one and the last four. */
function slotOf(bytes: Buffer, start: number, length: number): number {
  const last = start + length - 1;
  let hash = Math.imul(length, 31) + (bytes[start] ?? 0);
  hash = Math.imul(hash, 31) + (bytes[start + (length >> 1)] ?? 0);
  for (let at = Math.max(start, last - 3); at <= last; at++)
    hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return (hash ^ (hash >>> slotBits)) & ((1 << slotBits) - 1);
}

function isAt(text: string, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  }
  return true;
}
