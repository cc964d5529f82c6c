import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';

const prefixBytes = 4;
/** Longer than any object the API stores (etcd takes 1.5 MiB). */
const frameLimit = 16 << 20;

/**
 * The frames of a protobuf watch: four bytes of length, the highest first, and so many bytes (k8s.io/apimachinery,
 * pkg/util/framer). Chunks may end anywhere.
 * @throws ExplainedError `malformed-answer` for a frame that is too long or, at the end, not whole.
 */
export async function* framesOf(
  chunks: AsyncIterable<Buffer>,
  limit = frameLimit,
): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  let needed = prefixBytes;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size < needed) continue;
    let rest = parts.length === 1 ? chunk : Buffer.concat(parts);
    for (;;) {
      needed = prefixBytes;
      if (rest.length < needed) break;
      const length = rest.readUInt32BE(0);
      if (length > limit) throw malformed(t('a frame of the watch is too long'));
      needed += length;
      if (rest.length < needed) break;
      if (length > 0) yield rest.subarray(prefixBytes, needed);
      rest = rest.subarray(needed);
    }
    parts = rest.length === 0 ? [] : [rest];
    size = rest.length;
  }
  if (size > 0) throw malformed(t('the watch breaks off in the middle of a frame'));
}
