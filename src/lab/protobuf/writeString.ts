import type { PbfWriter } from 'pbf';

/** A text. Not by pbf's own way, which (5.1.2) writes other characters in place of those from U+20000 on. */
export function writeString(pbf: PbfWriter, number: number, text: string): void {
  pbf.writeBytesField(number, Buffer.from(text));
}
