/** Reads Kubernetes' protobuf form of the known kinds into JSON: kubectl sends it for `create` and `auth can-i`. */
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { structSchema } from './model.ts';
import type { FieldSchema, TypeRef } from './model.ts';
import { protobufNumbers } from './protobufNumbers.ts';

/** The bytes are no message of the kind. */
export class ProtobufError extends Error {}

export interface ProtobufObject {
  apiVersion: string;
  kind: string;
  /** The message itself. */
  raw: Uint8Array;
}

type WireValue = number | Uint8Array;
type Message = Map<number, WireValue[]>;

/** `k8s` and a zero: what stands before the envelope. */
const magic = [0x6b, 0x38, 0x73, 0x00];

function parseNumbers(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const structs = new Map<string, ReadonlyMap<string, string>>();
  for (const line of text.trim().split('\n')) {
    const [name = '', ...fields] = line.slice(1).split(' ');
    structs.set(
      name,
      new Map(
        fields.map((field): [string, string] => {
          const [fieldName = '', number = ''] = field.split('=');
          return [number, fieldName];
        }),
      ),
    );
  }
  return structs;
}

const fieldNames = parseNumbers(protobufNumbers);

/** Scalars that are pointers in Go: there, zero is a value of its own, and not "nothing". */
const zeroMatters = new Set([
  'activeDeadlineSeconds',
  'allocateLoadBalancerNodePorts',
  'allowPrivilegeEscalation',
  'automountServiceAccountToken',
  'backoffLimit',
  'blockOwnerDeletion',
  'completions',
  'enableServiceLinks',
  'failedJobsHistoryLimit',
  'gracePeriodSeconds',
  'immutable',
  'optional',
  'parallelism',
  'readOnlyRootFilesystem',
  'replicas',
  'revisionHistoryLimit',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'successfulJobsHistoryLimit',
  'suspend',
  'terminationGracePeriodSeconds',
  'tolerationSeconds',
  'ttlSecondsAfterFinished',
]);

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Signed 64 bits; beyond 2^53 digits are lost, which no field of ours reaches. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new ProtobufError('unexpected end of a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new ProtobufError('a number is longer than 64 bits');
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw new ProtobufError('unexpected end of a field');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

function parseMessage(bytes: Uint8Array): Message {
  const reader = new Reader(bytes);
  const message: Message = new Map();
  while (!reader.done) {
    const tag = reader.varint();
    let value: WireValue;
    switch (tag & 7) {
      case 0:
        value = reader.varint();
        break;
      case 1:
        value = reader.take(8);
        break;
      case 2:
        value = reader.take(reader.varint());
        break;
      case 5:
        value = reader.take(4);
        break;
      default:
        throw new ProtobufError(`unknown wire type ${tag & 7}`);
    }
    const number = tag >>> 3;
    message.set(number, [...(message.get(number) ?? []), value]);
  }
  return message;
}

function bytesOf(value: WireValue | undefined): Uint8Array {
  if (typeof value === 'number') throw new ProtobufError('a number where bytes belong');
  return value ?? new Uint8Array();
}

function textOf(value: WireValue | undefined): string {
  return Buffer.from(bytesOf(value)).toString('utf8');
}

function numberOf(value: WireValue | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number') throw new ProtobufError('bytes where a number belongs');
  return value;
}

function readTime(bytes: Uint8Array): string | undefined {
  const message = parseMessage(bytes);
  if (message.size === 0) return undefined;
  const seconds = numberOf(message.get(1)?.[0]);
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function readIntOrString(bytes: Uint8Array): number | string {
  const message = parseMessage(bytes);
  return numberOf(message.get(1)?.[0]) === 1 ? textOf(message.get(3)?.[0]) : numberOf(message.get(2)?.[0]);
}

function readFreeForm(bytes: Uint8Array): unknown {
  const raw = textOf(parseMessage(bytes).get(1)?.[0]);
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new ProtobufError(
      `a free-form field is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readValue(value: WireValue, type: TypeRef): unknown {
  if (type.form === 'struct') return readStruct(bytesOf(value), type.name);
  if (type.form !== 'scalar') throw new ProtobufError('lists of lists are not part of any kind');
  switch (type.scalar) {
    case 'string':
      return textOf(value);
    case 'byte':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'boolean':
      return numberOf(value) !== 0;
    case 'int32':
    case 'int64':
      return numberOf(value);
    case 'number':
      return Buffer.from(bytesOf(value)).readDoubleLE();
    case 'time':
    case 'microTime':
      return readTime(bytesOf(value));
    case 'intOrString':
      return readIntOrString(bytesOf(value));
    case 'quantity':
      return textOf(parseMessage(bytesOf(value)).get(1)?.[0]) || '0';
    case 'any':
      return readFreeForm(bytesOf(value));
  }
}

function readMap(entries: readonly WireValue[], values: TypeRef): JsonObject {
  return Object.fromEntries(
    entries.map((entry): [string, unknown] => {
      const message = parseMessage(bytesOf(entry));
      return [textOf(message.get(1)?.[0]), readValue(message.get(2)?.[0] ?? new Uint8Array(), values)];
    }),
  );
}

/** Go writes fields that are not pointers even when they are zero; JSON leaves them out. */
function isNothing(value: unknown, field: FieldSchema): boolean {
  if (value === undefined || value === '') return true;
  return (value === 0 || value === false) && !zeroMatters.has(field.name);
}

function readField(values: readonly WireValue[], field: FieldSchema): unknown {
  const { type } = field;
  if (type.form === 'map') return readMap(values, type.values);
  if (type.form === 'list') return values.map((value) => readValue(value, type.items));
  // Structs that the compact schema calls free-form are answers of the server; nobody sends them.
  if (type.form === 'scalar' && type.scalar === 'any' && field.name !== 'fieldsV1') return undefined;
  const last = values.at(-1);
  const value = last === undefined ? undefined : readValue(last, type);
  return isNothing(value, field) ? undefined : value;
}

function readStruct(bytes: Uint8Array, name: string): JsonObject {
  const { fields } = structSchema(name);
  const names = fieldNames.get(name);
  if (!names) throw new ProtobufError(`${name} has no protobuf form here`);
  const value: JsonObject = {};
  const collect = (message: Message, prefix: string): void => {
    for (const [number, values] of message) {
      const path = `${prefix}${number}`;
      const fieldName = names.get(path);
      const field = fieldName === undefined ? undefined : fields.get(fieldName);
      if (field) {
        const item = readField(values, field);
        if (item !== undefined) value[field.name] = item;
      } else if ([...names.keys()].some((known) => known.startsWith(`${path}.`))) {
        // A message that JSON writes in line.
        for (const inline of values) collect(parseMessage(bytesOf(inline)), `${path}.`);
      }
    }
  };
  collect(parseMessage(bytes), '');
  return value;
}

/** Opens the envelope of a request's body; throws ProtobufError. */
export function openEnvelope(bytes: Uint8Array): ProtobufObject {
  if (!magic.every((byte, index) => bytes[index] === byte)) {
    throw new ProtobufError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  const envelope = parseMessage(bytes.subarray(magic.length));
  const typeMeta = parseMessage(bytesOf(envelope.get(1)?.[0]));
  return {
    apiVersion: textOf(typeMeta.get(1)?.[0]),
    kind: textOf(typeMeta.get(2)?.[0]),
    raw: bytesOf(envelope.get(2)?.[0]),
  };
}

/** The object in an envelope as JSON; `schema` is the kind's struct. Throws ProtobufError. */
export function readProtobuf(object: ProtobufObject, schema: string): JsonObject {
  const value = readStruct(object.raw, schema);
  if (!isObject(value.metadata)) value.metadata = {};
  return { apiVersion: object.apiVersion, kind: object.kind, ...value };
}

/** Whether a struct can be read. */
export function hasProtobuf(schema: string): boolean {
  return fieldNames.has(schema);
}
