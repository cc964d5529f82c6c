import { openEnvelope } from './envelope.ts';
import { readMessage } from './readMessage.ts';
import { bytes, one, shape, text } from './shape.ts';
import { bookmarkShape, statusShape } from './shapes.ts';
import type { Shape } from './shape.ts';
import type { SharedStrings } from './sharedStrings.ts';

/** meta/v1 WatchEvent: its object stands in an envelope of its own. */
const watchEvent = shape({ 1: text('type'), 2: one('object', shape({ 1: bytes('raw') })) });

/**
 * One frame of a watch in the form of JSON.
 * @param of what is read of the kind that is watched
 * @throws ExplainedError `malformed-answer`
 */
export function readWatchEvent(
  frame: Buffer,
  of: Shape,
  strings: SharedStrings,
): { readonly type: string; readonly object: unknown } {
  const { type = '', object } = readMessage(frame, watchEvent) as {
    type?: string;
    object?: { raw?: Buffer };
  };
  const { kind, raw } = openEnvelope(object?.raw ?? Buffer.alloc(0));
  if (type === 'ERROR') return { type, object: { kind, ...readMessage(raw, statusShape) } };
  return { type, object: readMessage(raw, type === 'BOOKMARK' ? bookmarkShape : of, strings) };
}
