/** Reads JSON into a kind as the API server's Go decoder does: known fields only, types exact, errors in its words. */
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { structSchema } from './model.ts';
import type { ScalarType, StructSchema, TypeRef } from './model.ts';

export interface Decoded {
  value: JsonObject;
  /** Paths of fields that the kind does not have, such as `spec.containers[0].port`. */
  unknownFields: string[];
}

/** A value of the wrong type; the message is what Go's JSON package says. */
export class DecodeError extends Error {}

/** Where the decoder is, for messages. */
interface Place {
  struct: string;
  /** Field names alone: `spec.containers.command`. */
  goPath: string;
  /** With indexes: `spec.containers[0].command`. */
  path: string;
}

const quantityPattern = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$/;
const goScalars: Partial<Record<ScalarType, string>> = {
  boolean: 'bool',
  number: 'float64',
  byte: '[]uint8',
};

function goType(type: TypeRef): string {
  switch (type.form) {
    case 'scalar':
      return goScalars[type.scalar] ?? type.scalar;
    case 'list':
      return `[]${goType(type.items)}`;
    case 'map':
      return `map[string]${goType(type.values)}`;
    case 'struct':
      return type.name.split('.').slice(-2).join('.');
  }
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

function mismatch(value: unknown, place: Place, type: TypeRef): DecodeError {
  const kind = jsonKind(value);
  const shown = kind === 'number' && goType(type).startsWith('int') ? `number ${String(value)}` : kind;
  return new DecodeError(
    `json: cannot unmarshal ${shown} into Go struct field ${place.struct}.${place.goPath} of type ${goType(type)}`,
  );
}

function isInteger(value: unknown, bits: 32 | 64): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  return bits === 64 ? Number.isSafeInteger(value) : value >= -(2 ** 31) && value < 2 ** 31;
}

function decodeTime(value: unknown, place: Place, type: TypeRef): unknown {
  if (typeof value !== 'string') throw mismatch(value, place, type);
  if (Number.isNaN(Date.parse(value))) {
    throw new DecodeError(
      `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
    );
  }
  return value;
}

function decodeScalar(value: unknown, scalar: ScalarType, place: Place, type: TypeRef): unknown {
  switch (scalar) {
    case 'any':
      return value;
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'number':
      if (typeof value === 'number') return value;
      break;
    case 'int32':
      if (isInteger(value, 32)) return value;
      break;
    case 'int64':
      if (isInteger(value, 64)) return value;
      break;
    case 'byte':
      if (typeof value !== 'string') break;
      if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) return value;
      throw new DecodeError('illegal base64 data at input byte 0');
    case 'time':
    case 'microTime':
      return decodeTime(value, place, type);
    case 'intOrString':
      if (typeof value === 'string' || isInteger(value, 32)) return value;
      throw new DecodeError(`json: cannot unmarshal ${jsonKind(value)} into Go value of type int32`);
    case 'quantity': {
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text === 'string' && quantityPattern.test(text)) return text;
      throw new DecodeError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      );
    }
  }
  throw mismatch(value, place, type);
}

function fillDefaults(schema: StructSchema, value: JsonObject): void {
  for (const field of schema.fields.values()) {
    if (field.default === undefined || value[field.name] !== undefined) continue;
    // Only what Go would print although nobody set it: structs, required numbers, and real defaults.
    if (field.type.form === 'struct') value[field.name] = emptyStruct(structSchema(field.type.name));
    else if (field.default !== '' && (field.required || (field.default !== 0 && field.default !== false))) {
      value[field.name] = field.default;
    }
  }
}

/** The zero value of a struct as Go prints it: `{}` with its struct fields inside. */
export function emptyStruct(schema: StructSchema): JsonObject {
  const value: JsonObject = {};
  for (const field of schema.fields.values()) {
    if (field.default !== undefined && field.type.form === 'struct') {
      value[field.name] = emptyStruct(structSchema(field.type.name));
    }
  }
  return value;
}

function decodeStruct(
  raw: unknown,
  type: TypeRef & { form: 'struct' },
  place: Place,
  unknown: string[],
): unknown {
  if (!isObject(raw)) throw mismatch(raw, place, type);
  const schema = structSchema(type.name);
  const value: JsonObject = {};
  const struct = type.name.slice(type.name.lastIndexOf('.') + 1);
  for (const [name, item] of Object.entries(raw)) {
    const field = schema.fields.get(name);
    const path = place.path ? `${place.path}.${name}` : name;
    if (!field) unknown.push(path);
    else if (item !== null && item !== undefined) {
      const goPath = place.goPath ? `${place.goPath}.${name}` : name;
      value[name] = decodeValue(item, field.type, { struct, goPath, path }, unknown);
    }
  }
  fillDefaults(schema, value);
  return value;
}

function decodeValue(raw: unknown, type: TypeRef, place: Place, unknown: string[]): unknown {
  switch (type.form) {
    case 'scalar':
      return decodeScalar(raw, type.scalar, place, type);
    case 'struct':
      return decodeStruct(raw, type, place, unknown);
    case 'list':
      if (!Array.isArray(raw)) throw mismatch(raw, place, type);
      return raw.map((item, index) =>
        decodeValue(item, type.items, { ...place, path: `${place.path}[${index}]` }, unknown),
      );
    case 'map': {
      if (!isObject(raw)) throw mismatch(raw, place, type);
      const entries = Object.entries(raw).map(([key, item]): [string, unknown] => [
        key,
        item === null
          ? ''
          : decodeValue(item, type.values, { ...place, path: `${place.path}.${key}` }, unknown),
      ]);
      return Object.fromEntries(entries);
    }
  }
}

/**
 * Decodes an object of a kind. Unknown fields are left out and named; throws DecodeError at the first value of a
 * wrong type. The result shares nothing with `raw` except values of free form.
 */
export function decode(schemaName: string, raw: unknown): Decoded {
  const unknownFields: string[] = [];
  const root: TypeRef & { form: 'struct' } = { form: 'struct', name: schemaName };
  const value = decodeStruct(raw, root, { struct: '', goPath: '', path: '' }, unknownFields);
  return { value: value as JsonObject, unknownFields };
}
