import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';

const itemLimit = 16 << 20;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const itemsKey = '"items"';

/**
 * Takes a List's JSON apart while it arrives: each item is handed on as soon as its last byte is there, so that a
 * page of megabytes is neither held nor parsed as a whole. Chunks may end anywhere.
 */
export class ListSplitter {
  readonly #onItem: (json: string) => void;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The bytes of the last string at depth 1, to recognise the key `items`. */
  #key = '';
  #inItems = false;
  /** What came before this chunk of the item, or of the List around the items, that is being read. */
  #item: Buffer[] = [];
  #itemBytes = 0;
  #envelope: Buffer[] = [];

  constructor(onItem: (json: string) => void) {
    this.#onItem = onItem;
  }

  /** @throws ExplainedError `malformed-answer` for an item that is too long; what `onItem` throws. */
  push(chunk: Buffer): void {
    // Local copies: this loop sees every byte of the cluster.
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    /** Where the bytes not yet handed on begin. */
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (inString) {
        if (depth === 1) this.#addToKey(byte);
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) {
        inString = true;
        if (depth === 1) this.#key = '"';
      } else if (byte === openBrace || byte === openBracket) {
        if (depth === 1 && byte === openBracket && this.#key === itemsKey) {
          this.#inItems = true;
          this.#envelope.push(chunk.subarray(from, at + 1));
          from = at + 1;
        } else if (depth === 2 && this.#inItems) from = at;
        depth += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        if (depth === 2 && this.#inItems) {
          this.#finishItem(chunk.subarray(from, at + 1));
          from = at + 1;
        } else if (depth === 1 && this.#inItems) {
          this.#inItems = false;
          from = at;
        }
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    this.#keep(chunk.subarray(from));
  }

  /**
   * The List without its items.
   * @throws ExplainedError `malformed-answer` where the JSON is cut short or is none.
   */
  end(): unknown {
    if (this.#depth !== 0 || this.#inString) throw malformed(t('it breaks off'));
    return parse(Buffer.concat(this.#envelope).toString('utf8'));
  }

  /** Long strings are no key of ours. */
  #addToKey(byte: number | undefined): void {
    if (this.#key.length < 16) this.#key += String.fromCharCode(byte ?? 0);
  }

  #keep(rest: Buffer): void {
    if (!this.#inItems) this.#envelope.push(rest);
    else if (this.#depth > 2) this.#addToItem(rest);
  }

  #addToItem(bytes: Buffer): void {
    this.#itemBytes += bytes.length;
    if (this.#itemBytes > itemLimit) throw malformed(t('an object is longer than {0} MiB', itemLimit >> 20));
    this.#item.push(bytes);
  }

  #finishItem(last: Buffer): void {
    this.#addToItem(last);
    const [only] = this.#item;
    const whole = this.#item.length === 1 && only !== undefined ? only : Buffer.concat(this.#item);
    this.#item = [];
    this.#itemBytes = 0;
    this.#onItem(whole.toString('utf8'));
  }
}

/** @throws ExplainedError `malformed-answer` */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message.slice(0, 120) : t('it is no JSON'));
  }
}
