import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';
import { readMessage } from './readMessage.ts';
import { bytes, one, shape, text } from './shape.ts';
import { statusShape } from './shapes.ts';

/** The media type of Kubernetes' protobuf; watches say `;stream=watch` behind it. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

/** What stands before an object: `k8s` and a zero (k8s.io/apimachinery, pkg/runtime/serializer/protobuf). */
export const magic = Buffer.from('k8s\0', 'latin1');

/** runtime.Unknown: what kind it is, and the bytes of the object itself. */
const unknown = shape({
  1: one('typeMeta', shape({ 1: text('apiVersion'), 2: text('kind') })),
  2: bytes('raw'),
});

export function isProtobuf(contentType: string | undefined): boolean {
  return contentType?.startsWith(protobufType) ?? false;
}

/** Whether bytes are an object in its envelope. */
export function hasMagic(start: Buffer): boolean {
  return start.subarray(0, magic.length).equals(magic);
}

/**
 * An object out of its envelope.
 * @throws ExplainedError `malformed-answer`
 */
export function openEnvelope(object: Buffer): { readonly kind: string; readonly raw: Buffer } {
  if (!hasMagic(object)) throw malformed(t('what should be protobuf does not begin with k8s'));
  const { typeMeta, raw } = readMessage(object.subarray(magic.length), unknown) as {
    typeMeta?: { kind?: string };
    raw?: Buffer;
  };
  return { kind: typeMeta?.kind ?? '', raw: raw ?? Buffer.alloc(0) };
}

/** A Status in its envelope, in the form of JSON. @throws ExplainedError `malformed-answer` */
export function readStatus(object: Buffer): Readonly<Record<string, unknown>> {
  const { kind, raw } = openEnvelope(object);
  return { kind, ...readMessage(raw, statusShape) };
}
