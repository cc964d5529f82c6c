import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';

const newline = 0x0a;
/** Longer than any object the API stores (etcd takes 1.5 MiB). */
const lineLimit = 16 << 20;

/**
 * The lines of a stream whose chunks may end anywhere, also inside a character. Lines are bounded.
 * @throws ExplainedError `malformed-answer` for a line that is too long or, at the end, has no newline.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  limit = lineLimit,
): AsyncGenerator<string, void, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      const last = chunk.subarray(from, at);
      const line = parts.length === 0 ? last : Buffer.concat([...parts, last]);
      parts = [];
      size = 0;
      from = at + 1;
      if (line.length > 0) yield line.toString('utf8');
    }
    if (from < chunk.length) {
      parts.push(chunk.subarray(from));
      size += chunk.length - from;
      if (size > limit) throw malformed(t('a line of the watch is too long'));
    }
  }
  if (size > 0) throw malformed(t('the watch breaks off in the middle of a line'));
}
