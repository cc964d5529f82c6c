import { PbfReader } from 'pbf';
import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';
import type { Field, Shape } from './shape.ts';
import type { SharedStrings } from './sharedStrings.ts';
import { timeText } from './time.ts';

type Fields = Record<string, unknown>;

/**
 * The fields of a message that the shape names, in the form of the API's JSON, so that both encodings have one reader.
 * @param strings where strings that repeat are kept once
 * @throws ExplainedError `malformed-answer`
 */
export function readMessage(bytes: Buffer, of: Shape, strings?: SharedStrings): Fields {
  return new MessageReader(bytes, strings).message(of, bytes.length);
}

class MessageReader {
  readonly #bytes: Buffer;
  readonly #pbf: PbfReader;
  readonly #strings: SharedStrings | undefined;

  constructor(bytes: Buffer, strings: SharedStrings | undefined) {
    this.#bytes = bytes;
    this.#pbf = new PbfReader(bytes);
    this.#strings = strings;
  }

  message(of: Shape, end: number): Fields {
    try {
      return this.#into({}, of, end);
    } catch (error) {
      if (error instanceof ExplainedError) throw error;
      // pbf throws plain errors at numbers that are too long and at unknown wire types.
      throw malformed(error instanceof Error ? error.message.slice(0, 120) : t('it is no protobuf'));
    }
  }

  #into(result: Fields, of: Shape, end: number): Fields {
    const pbf = this.#pbf;
    while (pbf.pos < end) {
      const tag = pbf.readVarint();
      const field = of.fields[tag >>> 3];
      if (field === undefined) {
        if (of.unknown) result[`(field ${tag >>> 3})`] = {};
        pbf.skip(tag);
      } else if ((tag & 7) !== field.wire)
        throw malformed(t('a protobuf field is of another type than the API says'));
      else this.#field(result, field, end);
    }
    if (pbf.pos !== end) throw malformed(t('a protobuf message is longer than it says'));
    return result;
  }

  #field(result: Fields, field: Field, limit: number): void {
    const { name, type } = field;
    if (type === 'number' || type === 'flag') {
      const value = this.#pbf.readVarint(true);
      if (value !== 0 || field.pointer) result[name] = type === 'flag' ? value !== 0 : value;
      return;
    }
    const end = this.#end(limit);
    switch (type) {
      case 'inline':
        this.#into(result, field.shape, end);
        return;
      case 'map':
        this.#entry((result[name] ??= {}) as Fields, end, false);
        return;
      case 'quantities':
        this.#entry((result[name] ??= {}) as Fields, end, true);
        return;
      case 'quantity':
        this.#put(result, field, this.#quantity(end));
        return;
      case 'message':
        this.#put(result, field, this.#into({}, field.shape, end));
        return;
      case 'time':
        this.#put(result, field, this.#time(end));
        return;
      case 'intOrString':
        this.#put(result, field, this.#intOrString(end));
        return;
      case 'bytes':
        result[name] = this.#bytes.subarray(this.#pbf.pos, end);
        this.#pbf.pos = end;
        return;
      case 'text':
      case 'shared':
        this.#put(result, field, this.#text(end, type === 'shared'));
    }
  }

  #put(result: Fields, { name, many, pointer }: Field, value: unknown): void {
    if (many) {
      const list = result[name] as unknown[] | undefined;
      if (list === undefined) result[name] = [value];
      else list.push(value);
    } else if (value !== '' || pointer) result[name] = value;
  }

  /** Where the value ends whose length comes next. */
  #end(limit: number): number {
    const length = this.#pbf.readVarint();
    const end = this.#pbf.pos + length;
    if (!(end <= limit)) throw malformed(t('a protobuf field is longer than its message'));
    return end;
  }

  #text(end: number, isShared: boolean): string {
    const start = this.#pbf.pos;
    this.#pbf.pos = end;
    if (isShared && this.#strings !== undefined) return this.#strings.read(this.#bytes, start, end);
    return this.#bytes.toString('utf8', start, end);
  }

  /** One entry of a map: field 1 is the key, field 2 the text, or the Quantity with its text in field 1. */
  #entry(into: Fields, end: number, isQuantity: boolean): void {
    let key = '';
    let value = '';
    this.#each(end, (number) => {
      const stop = this.#end(end);
      if (number === 1) key = this.#text(stop, true);
      else if (number !== 2) this.#pbf.pos = stop;
      else if (!isQuantity) value = this.#text(stop, true);
      else value = this.#quantity(stop);
    });
    // Defined, not assigned: a label may be called `__proto__`.
    if (key in into || key === '__proto__') {
      Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true });
    } else into[key] = value;
  }

  /** Its only field is its text. */
  #quantity(end: number): string {
    let value = '';
    this.#each(end, () => (value = this.#text(this.#end(end), true)));
    return value;
  }

  /** Calls back for the length-delimited fields of a message; the others are skipped. */
  #each(end: number, onField: (number: number) => void): void {
    const pbf = this.#pbf;
    while (pbf.pos < end) {
      const tag = pbf.readVarint();
      if ((tag & 7) === 2) onField(tag >>> 3);
      else pbf.skip(tag);
    }
    if (pbf.pos !== end) throw malformed(t('a protobuf message is longer than it says'));
  }

  /** Seconds since the epoch; a Time without any is Go's zero, which JSON writes as null. */
  #time(end: number): string {
    const pbf = this.#pbf;
    let seconds: number | undefined;
    while (pbf.pos < end) {
      const tag = pbf.readVarint();
      if (tag === 1 << 3) seconds = pbf.readVarint(true);
      else pbf.skip(tag);
    }
    if (pbf.pos !== end) throw malformed(t('a protobuf message is longer than it says'));
    if (seconds === undefined) return '';
    return this.#strings === undefined ? timeText(seconds) : this.#strings.time(seconds);
  }

  /** Field 1 says which of the two it is: 0 a number (field 2), 1 a text (field 3). */
  #intOrString(end: number): number | string {
    const pbf = this.#pbf;
    let type = 0;
    let value = 0;
    let name = '';
    while (pbf.pos < end) {
      const tag = pbf.readVarint();
      if (tag === 1 << 3) type = pbf.readVarint();
      else if (tag === 2 << 3) value = pbf.readVarint(true);
      else if (tag === ((3 << 3) | 2)) name = this.#text(this.#end(end), true);
      else pbf.skip(tag);
    }
    if (pbf.pos !== end) throw malformed(t('a protobuf message is longer than it says'));
    return type === 1 ? name : value;
  }
}
