/** Objects, lists, refusals and events of watches as an API server sends them in protobuf. */
import { PbfWriter } from 'pbf';
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { schemaOfKind } from '../resources/kinds.ts';
import { hasPlan } from './plan.ts';
import { writeStruct } from './writeObject.ts';
import { writeString } from './writeString.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

/** What stands before every object: `k8s` and a zero (k8s.io/apimachinery, pkg/runtime/serializer/protobuf). */
const magic = Buffer.from('k8s\0', 'latin1');

/** The struct of a kind that has a protobuf form. */
export function structOf(apiVersion: string, kind: string): string | undefined {
  const struct = schemaOfKind(apiVersion, kind);
  return struct !== undefined && hasPlan(struct) ? struct : undefined;
}

// A cache of a pure function of immutable objects: those of the store are never changed in place.
const written = new WeakMap<object, Uint8Array>();

/** The message of an object. @param stored its identity in the store, where it has one */
export function objectMessage(struct: string, object: JsonObject, stored?: object): Uint8Array {
  const known = stored && written.get(stored);
  if (known !== undefined) return known;
  // The writer's buffer is up to twice as long as what stands in it: a copy is not.
  const message = writeStruct(struct, object).slice();
  if (stored !== undefined) written.set(stored, message);
  return message;
}

/** meta/v1 PartialObjectMetadata: the metadata alone. */
export function metadataMessage(object: JsonObject): Uint8Array {
  const metadata = writeStruct('meta.v1.ObjectMeta', isObject(object.metadata) ? object.metadata : {});
  const pbf = new PbfWriter();
  pbf.writeBytesField(1, metadata);
  return pbf.finish();
}

export interface ListMeta {
  resourceVersion?: string;
  continue?: string;
  remainingItemCount?: number;
}

/** A list, whose items are messages already: its parts, one after the other. */
export function* listParts(metadata: ListMeta, items: readonly Uint8Array[]): Generator<Uint8Array> {
  const head = new PbfWriter();
  head.writeMessage(1, writeListMeta, metadata);
  yield head.finish();
  for (const item of items) {
    yield headOf(2, item.length);
    yield item;
  }
}

/** The tag and the length of a field. */
function headOf(field: number, length: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeTag(field, 2);
  pbf.writeVarint(length);
  return pbf.finish();
}

/** A list as one message. */
export function listMessage(metadata: ListMeta, items: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...listParts(metadata, items)]);
}

function writeListMeta(
  { resourceVersion, continue: next, remainingItemCount }: ListMeta,
  pbf: PbfWriter,
): void {
  writeString(pbf, 1, '');
  writeString(pbf, 2, resourceVersion ?? '');
  writeString(pbf, 3, next ?? '');
  if (remainingItemCount !== undefined) pbf.writeVarintField(4, remainingItemCount);
}

/** runtime.Unknown around a message, in parts: its kind, its bytes, and two fields that are always empty. */
export function envelopeParts(
  apiVersion: string,
  kind: string,
  message: readonly Uint8Array[],
): readonly Uint8Array[] {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (_: undefined, typeMeta) => {
      writeString(typeMeta, 1, apiVersion);
      writeString(typeMeta, 2, kind);
    },
    undefined,
  );
  const length = message.reduce((sum, part) => sum + part.length, 0);
  return [magic, pbf.finish(), headOf(2, length), ...message, Buffer.from([0x1a, 0, 0x22, 0])];
}

/** runtime.Unknown around a message, as one piece. */
export function envelope(apiVersion: string, kind: string, message: Uint8Array): Buffer {
  return Buffer.concat(envelopeParts(apiVersion, kind, [message]));
}

/** meta/v1 Status. */
export function statusMessage(status: JsonObject): Uint8Array {
  const pbf = new PbfWriter();
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const { metadata, details } = status;
  pbf.writeMessage(1, writeListMeta, isObject(metadata) ? { continue: text(metadata.continue) } : {});
  writeString(pbf, 2, text(status.status));
  writeString(pbf, 3, text(status.message));
  writeString(pbf, 4, text(status.reason));
  if (isObject(details)) {
    pbf.writeMessage(
      5,
      (value: JsonObject, inner) => {
        writeString(inner, 1, text(value.name));
        writeString(inner, 2, text(value.group));
        writeString(inner, 3, text(value.kind));
        for (const cause of Array.isArray(value.causes) ? (value.causes as unknown[]) : []) {
          if (isObject(cause)) inner.writeMessage(4, writeCause, cause);
        }
        inner.writeVarintField(5, Number(value.retryAfterSeconds ?? 0));
        writeString(inner, 6, text(value.uid));
      },
      details,
    );
  }
  pbf.writeVarintField(6, Number(status.code ?? 0));
  return pbf.finish();
}

function writeCause(cause: JsonObject, pbf: PbfWriter): void {
  for (const [index, name] of ['reason', 'message', 'field'].entries()) {
    const value = cause[name];
    writeString(pbf, index + 1, typeof value === 'string' ? value : '');
  }
}

/**
 * A frame of a watch: four bytes of length, the highest first, then meta/v1 WatchEvent, whose object is a
 * RawExtension that holds an envelope of its own (k8s.io/apimachinery, pkg/util/framer and pkg/apis/meta/v1/watch.go).
 */
export function watchFrame(type: string, object: Uint8Array): Buffer {
  const pbf = new PbfWriter(Buffer.allocUnsafe(object.length + 64));
  writeString(pbf, 1, type);
  pbf.writeMessage(2, (bytes: Uint8Array, inner) => inner.writeBytesField(1, bytes), object);
  const event = pbf.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}
