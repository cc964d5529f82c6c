import type { Readable } from 'node:stream';
import { isCancellation } from '../../base/errors.ts';
import { explainNetworkError, timedOut } from './explain.ts';

/** A body that sends nothing for so long is given up. */
const idleMs = 30_000;

/**
 * A body's chunks. Ends only where the body is complete.
 * @throws ExplainedError where it breaks off or falls silent for `silenceMs`; CancelledError.
 */
export async function* chunksOf(
  body: Readable,
  server: string,
  silenceMs: () => number = () => idleMs,
): AsyncGenerator<Buffer, void, undefined> {
  const arm = (): NodeJS.Timeout => {
    const ms = silenceMs();
    // The connection keeps the process alive for as long as it is open; this timer must not do so beyond it.
    return setTimeout(() => body.destroy(timedOut(server, 'rest', ms)), ms).unref();
  };
  let timer = arm();
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield chunk;
      timer = arm();
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    throw explainNetworkError(error, server);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}

/** A body as text; what is beyond `limit` bytes is dropped. */
export async function readText(body: Readable, limit: number, server: string): Promise<string> {
  return (await readBytes(body, limit, server)).toString('utf8');
}

/** A body as it came; what is beyond `limit` bytes is dropped. */
export async function readBytes(body: Readable, limit: number, server: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(body, server)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
