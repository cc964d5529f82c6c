/** Writes objects as Kubernetes' protobuf: all of their fields, in the order and with the defaults of the API server. */
import { PbfWriter } from 'pbf';
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ScalarType, TypeRef } from '../schema/model.ts';
import { Plans } from './plan.ts';
import type { FieldPlan, PlanEntry, StructPlan } from './plan.ts';
import { writeString } from './writeString.ts';

// Made from constant tables alone.
const plans = new Plans();

/** The message of a struct such as `core.v1.Pod`. */
export function writeStruct(struct: string, value: JsonObject): Uint8Array {
  const pbf = new PbfWriter(Buffer.allocUnsafe(4096));
  writeFields(value, pbf, plans.of(struct));
  return pbf.finish();
}

function writeFields(value: JsonObject, pbf: PbfWriter, plan: StructPlan): void {
  for (const entry of plan) {
    if ('field' in entry) writeField(pbf, entry.number, entry.field, value[entry.field.name]);
    else writeInline(pbf, entry.number, entry.inline, value);
  }
}

/** The message in line is no pointer in Go: it is always there. */
function writeInline(
  pbf: PbfWriter,
  number: number,
  fields: readonly (PlanEntry & { field: FieldPlan })[],
  value: JsonObject,
): void {
  pbf.writeMessage(number, (_: undefined, inner) => writeFields(value, inner, fields), undefined);
}

function writeField(pbf: PbfWriter, number: number, { type, empty }: FieldPlan, value: unknown): void {
  if (value === undefined || value === null) {
    if (empty === 'message') pbf.writeBytesField(number, nothing);
    else if (empty === '') writeString(pbf, number, '');
    else if (empty === 0) pbf.writeVarintField(number, 0);
    return;
  }
  switch (type.form) {
    case 'list':
      for (const item of value as readonly unknown[]) writeValue(pbf, number, type.items, item);
      return;
    case 'map':
      // As Go writes them: sorted by key.
      for (const key of Object.keys(value).sort()) {
        const entry = (value as JsonObject)[key];
        pbf.writeMessage(
          number,
          (_: undefined, inner) => {
            writeString(inner, 1, key);
            writeValue(inner, 2, type.values, entry);
          },
          undefined,
        );
      }
      return;
    case 'struct':
    case 'scalar':
      writeValue(pbf, number, type, value);
  }
}

const nothing = new Uint8Array();

function writeValue(pbf: PbfWriter, number: number, type: TypeRef, value: unknown): void {
  if (type.form === 'scalar') {
    writeScalar(pbf, number, type.scalar, value);
    return;
  }
  if (type.form !== 'struct') throw new Error('lists of lists are not part of any kind');
  const plan = plans.of(type.name);
  pbf.writeMessage(
    number,
    (item: JsonObject, inner) => writeFields(item, inner, plan),
    isObject(value) ? value : {},
  );
}

function writeScalar(pbf: PbfWriter, number: number, scalar: ScalarType, value: unknown): void {
  switch (scalar) {
    case 'string':
      writeString(pbf, number, String(value));
      return;
    case 'boolean':
      pbf.writeVarintField(number, value === true ? 1 : 0);
      return;
    case 'int32':
    case 'int64':
      pbf.writeVarintField(number, Number(value));
      return;
    case 'number':
      pbf.writeDoubleField(number, Number(value));
      return;
    case 'byte':
      pbf.writeBytesField(number, Buffer.from(String(value), 'base64'));
      return;
    case 'time':
    case 'microTime':
      writeTime(pbf, number, String(value));
      return;
    case 'intOrString':
      writeIntOrString(pbf, number, value);
      return;
    case 'quantity':
      writeText(pbf, number, String(value));
      return;
    case 'any':
      writeFreeForm(pbf, number, value);
  }
}

// A cache of a pure function of immutable objects: many pods share their managed fields.
const jsonCache = new WeakMap<object, Uint8Array>();

function jsonBytes(value: unknown): Uint8Array {
  const known = isObject(value) ? jsonCache.get(value) : undefined;
  const bytes = known ?? Buffer.from(JSON.stringify(value));
  if (isObject(value)) jsonCache.set(value, bytes);
  return bytes;
}

/** FieldsV1 and RawExtension have their JSON in field 1. */
function writeFreeForm(pbf: PbfWriter, number: number, value: unknown): void {
  const json = jsonBytes(value);
  pbf.writeMessage(number, (_: undefined, inner) => inner.writeBytesField(1, json), undefined);
}

/** A Quantity has its text in field 1. */
function writeText(pbf: PbfWriter, number: number, text: string): void {
  pbf.writeMessage(number, (_: undefined, inner) => writeString(inner, 1, text), undefined);
}

/** Time and MicroTime: seconds and nanoseconds. */
function writeTime(pbf: PbfWriter, number: number, text: string): void {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new Error(`"${text}" is no time`);
  const fraction = /\.(\d{1,9})/.exec(text)?.[1] ?? '';
  pbf.writeMessage(
    number,
    (_: undefined, inner) => {
      inner.writeVarintField(1, Math.floor(milliseconds / 1000));
      inner.writeVarintField(2, Number(fraction.padEnd(9, '0')));
    },
    undefined,
  );
}

/** Which of the two it is, the number, the text: none is left out. */
function writeIntOrString(pbf: PbfWriter, number: number, value: unknown): void {
  pbf.writeMessage(
    number,
    (_: undefined, inner) => {
      inner.writeVarintField(1, typeof value === 'string' ? 1 : 0);
      inner.writeVarintField(2, typeof value === 'number' ? value : 0);
      writeString(inner, 3, typeof value === 'string' ? value : '');
    },
    undefined,
  );
}
