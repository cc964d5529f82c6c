import { readFileSync } from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs';

/*
 * Reads what the lab writes by another library and another table than the lab's, and puts it into the form of JSON,
 * so that it can be compared with the object it was made of.
 */

type Json = Record<string, unknown>;

const root = protobuf.parse(readFileSync(path.join(import.meta.dirname, 'messages.proto'), 'utf8'), {
  keepCase: true,
}).root;

function decode(type: string, bytes: Uint8Array): Json {
  const message = root.lookupType(type);
  return message.toObject(message.decode(bytes), { longs: Number, bytes: Buffer });
}

/** The kind and the object of an envelope, in the form of JSON. */
export function readEnvelope(bytes: Buffer): { typeMeta: unknown; object: Json } {
  if (bytes.subarray(0, 4).toString('latin1') !== 'k8s\0') throw new Error('no magic');
  const { typeMeta, raw } = decode('Unknown', bytes.subarray(4)) as {
    typeMeta: { kind: string };
    raw: Buffer;
  };
  return { typeMeta, object: asJson(root.lookupType(typeMeta.kind), decode(typeMeta.kind, raw)) };
}

/** The events of a stream of whole frames. */
export function readFrames(bytes: Buffer): { type: unknown; object: Json; typeMeta: unknown }[] {
  const events: { type: unknown; object: Json; typeMeta: unknown }[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    const { type, object } = decode('WatchEvent', bytes.subarray(at + 4, end)) as {
      type: string;
      object: { raw: Buffer };
    };
    events.push({ type, ...readEnvelope(object.raw) });
    at = end;
  }
  return events;
}

/** Messages that JSON writes into the one around them. */
const inline = new Set(['volumeSource', 'localObjectReference', 'handler']);

function asJson(type: protobuf.Type, value: Json): Json {
  const json: Json = {};
  for (const [name, item] of Object.entries(value)) {
    const field = type.fields[name];
    if (field === undefined) throw new Error(`no field ${name} in ${type.name}`);
    field.resolve();
    const { resolvedType } = field;
    const one = (each: unknown): unknown =>
      resolvedType instanceof protobuf.Type ? messageAsJson(resolvedType, each as Json) : each;
    if (inline.has(name)) Object.assign(json, one(item));
    else if (field.map)
      json[name] = Object.fromEntries(Object.entries(item as Json).map(([k, v]) => [k, one(v)]));
    else json[name] = Array.isArray(item) ? item.map(one) : one(item);
  }
  return json;
}

/** Types whose JSON is no object. */
function messageAsJson(type: protobuf.Type, value: Json): unknown {
  switch (type.name) {
    case 'Time':
      return value.seconds === undefined
        ? null
        : new Date(Number(value.seconds) * 1000).toISOString().replace('.000Z', 'Z');
    case 'IntOrString':
      return value.type === 1 ? value.strVal : value.intVal;
    case 'Quantity':
      return value.string;
    case 'FieldsV1':
      return JSON.parse((value.Raw as Buffer).toString('utf8'));
    default:
      return asJson(type, value);
  }
}

/**
 * JSON without what says nothing: Go writes fields that are no pointers in protobuf even where they are empty, and
 * JSON has them or not by other rules.
 */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [name, withoutEmpty(item)]);
  return Object.fromEntries(
    entries.filter(([, item]) => {
      if (item === null || item === undefined || item === '' || item === 0 || item === false) return false;
      return typeof item !== 'object' || Object.keys(item).length > 0;
    }),
  );
}
