/*
 * Which fields of a protobuf message are read, and what JSON calls them. Everything else is skipped.
 */

/** Protobuf's wire types (protobuf.dev, encoding). */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export type FieldType =
  /** `text` is seldom the same in two objects; `shared` often. */
  | 'text'
  | 'shared'
  | 'number'
  | 'flag'
  | 'time'
  | 'quantity'
  | 'quantities'
  | 'intOrString'
  | 'map'
  | 'message'
  | 'inline'
  | 'bytes';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly wire: number;
  readonly many: boolean;
  /** Go writes fields that are no pointers even where they are zero; JSON leaves them out. Of pointers, zero counts. */
  readonly pointer: boolean;
  readonly shape: Shape;
}

export interface Shape {
  /** By field number. */
  readonly fields: readonly (Field | undefined)[];
  /** Tells of a field that is newer than this table, where its mere presence says something. */
  readonly unknown: boolean;
}

const nothing: Shape = { fields: [], unknown: false };

export function shape(fields: Readonly<Record<number, Field>>, unknown = false): Shape {
  const byNumber: (Field | undefined)[] = [];
  for (const [number, field] of Object.entries(fields)) byNumber[Number(number)] = field;
  return { fields: Array.from(byNumber), unknown };
}

function field(name: string, type: FieldType, more: Partial<Field> = {}): Field {
  const isVarint = type === 'number' || type === 'flag';
  const isOwn = { many: false, pointer: false, shape: nothing, ...more };
  return { name, type, wire: isVarint ? wire.varint : wire.bytes, ...isOwn };
}

export const text = (name: string): Field => field(name, 'text');
export const shared = (name: string): Field => field(name, 'shared');
export const texts = (name: string): Field => field(name, 'text', { many: true });
export const shareds = (name: string): Field => field(name, 'shared', { many: true });
export const number = (name: string): Field => field(name, 'number');
export const flag = (name: string): Field => field(name, 'flag');
/** A string of which '' is not the same as none. */
export const pointerText = (name: string): Field => field(name, 'shared', { pointer: true });
export const pointerNumber = (name: string): Field => field(name, 'number', { pointer: true });
export const pointerFlag = (name: string): Field => field(name, 'flag', { pointer: true });
/** meta/v1 Time. */
export const time = (name: string): Field => field(name, 'time');
/** util/intstr IntOrString. */
export const intOrString = (name: string): Field => field(name, 'intOrString');
/** `map<string, string>`. */
export const map = (name: string): Field => field(name, 'map');
/** api/resource Quantity. */
export const quantity = (name: string): Field => field(name, 'quantity');
/** `map<string, Quantity>`. */
export const quantities = (name: string): Field => field(name, 'quantities');
export const one = (name: string, of: Shape): Field => field(name, 'message', { shape: of });
export const many = (name: string, of: Shape): Field => field(name, 'message', { shape: of, many: true });
/** A part of the bytes themselves. */
export const bytes = (name: string): Field => field(name, 'bytes');
/** A message that JSON writes into the one around it. */
export const inline = (of: Shape): Field => field('', 'inline', { shape: of });
