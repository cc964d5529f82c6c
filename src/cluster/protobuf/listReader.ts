import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';
import { hasMagic, magic } from './envelope.ts';
import { readMessage } from './readMessage.ts';
import { listMetaShape } from './shapes.ts';

const itemLimit = 16 << 20;
/** A tag and a length: 5 and 10 bytes at most. */
const headLimit = 15;

/** runtime.Unknown.raw: the list. */
const rawField = 2;
/** Fields of every list (k8s.io/api, `…List`). */
const metadataField = 1;
const itemsField = 2;

/**
 * Takes a List's protobuf apart while it arrives: each item is handed on as soon as its last byte is there, so that a
 * page of megabytes is never held as a whole. Chunks may end anywhere.
 */
export class ProtobufListReader {
  readonly #onItem: (bytes: Buffer) => void;
  readonly #onNext: (token: string) => void;
  /** What is not read yet: `#parts` joined, without the first `#at` bytes. */
  #parts: Buffer[] = [];
  #size = 0;
  #at = 0;
  /** So many bytes must be there before it is worth looking again. */
  #needed = magic.length;
  #skip = 0;
  #begun = false;
  /** How much of the list is still to come; undefined: it has not begun. */
  #listBytes: number | undefined;
  #meta: { readonly resourceVersion?: string; readonly continue?: string } = {};

  /** @param onNext hears the token of the next page as soon as it is known: servers send it before the items */
  constructor(onItem: (bytes: Buffer) => void, onNext: (token: string) => void = () => undefined) {
    this.#onItem = onItem;
    this.#onNext = onNext;
  }

  /** @throws ExplainedError `malformed-answer`; what `onItem` throws. */
  push(chunk: Buffer): void {
    let used = 0;
    // What began in the last chunk is completed first, so that the rest of this one need not be copied.
    while (this.#size > 0) {
      const missing = Math.max(this.#needed - this.#size, 0);
      const more = chunk.subarray(used, used + missing);
      this.#parts.push(more);
      this.#size += more.length;
      used += more.length;
      if (this.#size < this.#needed) return;
      this.#read(Buffer.concat(this.#parts));
    }
    this.#read(chunk.subarray(used));
  }

  /** Reads what is whole, and keeps the rest. */
  #read(bytes: Buffer): void {
    this.#at = 0;
    while (this.#step(bytes));
    const rest = bytes.subarray(this.#at);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
  }

  /**
   * What the list says of itself.
   * @throws ExplainedError `malformed-answer` where it is cut short.
   */
  end(): { readonly resourceVersion: string; readonly next: string } {
    if (this.#listBytes !== 0 || this.#size > 0 || this.#skip > 0) throw malformed(t('the list breaks off'));
    return { resourceVersion: this.#meta.resourceVersion ?? '', next: this.#meta.continue ?? '' };
  }

  /** Reads one thing; `false` where more bytes are needed for it. */
  #step(bytes: Buffer): boolean {
    if (this.#skip > 0) return this.#skipOn(bytes);
    if (this.#at >= bytes.length) return this.#wait(1);
    if (!this.#begun) {
      if (bytes.length < magic.length) return this.#wait(magic.length);
      if (!hasMagic(bytes)) throw malformed(t('what should be protobuf does not begin with k8s'));
      this.#at = magic.length;
      this.#begun = true;
      return true;
    }
    const head = readHead(bytes, this.#at);
    if (head === undefined) return this.#wait(bytes.length - this.#at + 1);
    return this.#inList() ? this.#listField(bytes, head) : this.#envelopeField(head);
  }

  #inList(): boolean {
    return this.#listBytes !== undefined && this.#listBytes > 0;
  }

  #envelopeField({ field, length, bytes: headBytes }: Head): boolean {
    this.#at += headBytes;
    if (field === rawField && this.#listBytes === undefined) this.#listBytes = length;
    else this.#skip = length;
    return true;
  }

  #listField(bytes: Buffer, { field, length, bytes: headBytes }: Head): boolean {
    const whole = headBytes + length;
    if (whole > (this.#listBytes ?? 0)) throw malformed(t('an object is longer than its list'));
    if (length > itemLimit) throw malformed(t('an object is longer than {0} MiB', itemLimit >> 20));
    if (this.#at + whole > bytes.length) return this.#wait(whole);
    const value = bytes.subarray(this.#at + headBytes, this.#at + whole);
    this.#at += whole;
    this.#listBytes = (this.#listBytes ?? 0) - whole;
    if (field === itemsField) this.#onItem(value);
    else if (field === metadataField) {
      this.#meta = readMessage(value, listMetaShape);
      if (this.#meta.continue) this.#onNext(this.#meta.continue);
    }
    return true;
  }

  #skipOn(bytes: Buffer): boolean {
    const skipped = Math.min(this.#skip, bytes.length - this.#at);
    this.#at += skipped;
    this.#skip -= skipped;
    return this.#skip === 0 ? true : this.#wait(1);
  }

  #wait(needed: number): false {
    this.#needed = needed;
    return false;
  }
}

interface Head {
  readonly field: number;
  readonly length: number;
  /** How long the head itself is. */
  readonly bytes: number;
}

/** The tag and the length of a field; undefined where they are not all there yet. All fields here have a length. */
function readHead(bytes: Buffer, start: number): Head | undefined {
  let at = start;
  const varint = (): number | undefined => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      if (at - start >= headLimit) throw malformed(t('a number in protobuf is too long'));
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  const tag = varint();
  if (tag === undefined) return undefined;
  if (tag % 8 !== 2) throw malformed(t('a list in protobuf holds what no list holds'));
  const length = varint();
  return length === undefined ? undefined : { field: Math.floor(tag / 8), length, bytes: at - start };
}
