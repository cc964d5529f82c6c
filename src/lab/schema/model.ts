/** The compact schema as objects: which fields a type has and how lists and maps of them merge. */
import { extraKinds } from './extraKinds.ts';
import { kinds } from './kinds.ts';

export type ScalarType =
  | 'string'
  | 'boolean'
  | 'number'
  | 'int32'
  | 'int64'
  | 'byte'
  | 'time'
  | 'microTime'
  | 'intOrString'
  | 'quantity'
  | 'any';

/** What a value may be. */
export type TypeRef =
  | { form: 'scalar'; scalar: ScalarType }
  | { form: 'struct'; name: string }
  | { form: 'list'; items: TypeRef }
  | { form: 'map'; values: TypeRef };

/** How server-side apply and strategic merge treat a list. */
export type ListKind = { kind: 'atomic' } | { kind: 'set' } | { kind: 'map'; keys: readonly string[] };

export interface FieldSchema {
  name: string;
  type: TypeRef;
  required: boolean;
  list: ListKind;
  /** True where a map or struct is one value for server-side apply. */
  atomic: boolean;
  patchMerge: boolean;
  patchRetainKeys: boolean;
  patchKey?: string;
  values?: readonly string[];
  default?: unknown;
}

export interface StructSchema {
  name: string;
  atomic: boolean;
  gvk?: { group: string; version: string; kind: string };
  fields: ReadonlyMap<string, FieldSchema>;
}

const scalars: Record<string, ScalarType> = {
  string: 'string',
  boolean: 'boolean',
  number: 'number',
  int32: 'int32',
  int64: 'int64',
  byte: 'byte',
  any: 'any',
  object: 'any',
  'meta.v1.Time': 'time',
  'meta.v1.MicroTime': 'microTime',
  'meta.v1.FieldsV1': 'any',
  'intstr.IntOrString': 'intOrString',
  'resource.Quantity': 'quantity',
};

function parseType(text: string): TypeRef {
  if (text.startsWith('[]')) return { form: 'list', items: parseType(text.slice(2)) };
  if (text.startsWith('{}')) return { form: 'map', values: parseType(text.slice(2)) };
  const scalar = scalars[text];
  return scalar ? { form: 'scalar', scalar } : { form: 'struct', name: text };
}

function parseField(line: string): FieldSchema {
  const [rawName = '', typeText = 'any', ...words] = line.trim().split(' ');
  const required = rawName.endsWith('!');
  const field: FieldSchema = {
    name: required ? rawName.slice(0, -1) : rawName,
    type: parseType(typeText),
    required,
    list: { kind: 'atomic' },
    atomic: false,
    patchMerge: false,
    patchRetainKeys: false,
  };
  for (const word of words) {
    const at = word.indexOf('=');
    const [option, value] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
    if (option === 'list') field.list = { kind: 'map', keys: value.split(',') };
    else if (option === 'set') field.list = { kind: 'set' };
    else if (option === 'atomic') field.atomic = true;
    else if (option === 'patch') {
      field.patchMerge = value.includes('merge');
      field.patchRetainKeys = value.includes('retainKeys');
    } else if (option === 'key') field.patchKey = value;
    else if (option === 'enum') field.values = value.split('|');
    else if (option === 'default') field.default = JSON.parse(value);
    else throw new Error(`unknown word ${word} in the schema line "${line}"`);
  }
  return field;
}

/** Reads the compact text; throws on a line it does not understand. */
export function parseSchemas(text: string): ReadonlyMap<string, StructSchema> {
  const structs = new Map<string, StructSchema>();
  let fields = new Map<string, FieldSchema>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith('@')) {
      const field = parseField(line);
      fields.set(field.name, field);
      continue;
    }
    const [name = '', ...words] = line.slice(1).split(' ');
    fields = new Map();
    const struct: StructSchema = { name, atomic: words.includes('atomic'), fields };
    const gvk = words.find((word) => word.startsWith('gvk='))?.slice(4);
    if (gvk !== undefined) {
      const [group = '', version = '', kind = ''] = gvk.split('/');
      struct.gvk = { group, version, kind };
    }
    structs.set(name, struct);
  }
  return structs;
}

/** All types the lab knows, by their short name such as `core.v1.Pod`. */
export const schemas = parseSchemas(kinds + extraKinds);

/** The schema of a struct; every reference in the compact text is checked by a test. */
export function structSchema(name: string): StructSchema {
  const struct = schemas.get(name);
  if (!struct) throw new Error(`no schema for ${name}`);
  return struct;
}
