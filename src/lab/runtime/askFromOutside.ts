import { httpRequest, HttpError } from './network/httpClient.ts';
import type { NetworkStack } from './network/stack.ts';
import { SystemError } from './system/errors.ts';
import { Deadline } from './system/wait.ts';
import type { OutsideAnswer, OutsideQuestion } from './types.ts';

/** Makes one connection from outside of the cluster, and one HTTP request over it where that is asked for. */
export async function askFromOutside(
  outside: NetworkStack,
  { host, port, scheme, path, connectSeconds, totalSeconds }: OutsideQuestion,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  const begin = performance.now();
  const total = new Deadline(totalSeconds * 1000, signal);
  const connecting = new Deadline(Math.min(connectSeconds, totalSeconds) * 1000, total.signal);
  let connectMs: number | null = null;
  try {
    const connection = await outside.connect(host, port, connecting.signal);
    connecting.end();
    connectMs = performance.now() - begin;
    if (scheme === 'tcp') {
      connection.destroy();
      return { is: 'connected', httpStatus: null, connectMs };
    }
    const { status } = await httpRequest(connection, {
      method: 'GET',
      path,
      headers: { Host: `${host}:${port}`, Connection: 'close' },
      tls: scheme === 'https',
      signal: total.signal,
    });
    return { is: 'answered', httpStatus: status, connectMs };
  } catch (error) {
    if (signal.aborted) throw error;
    if (connecting.expired || total.expired)
      return { is: connectMs === null ? 'no-reply' : 'silent', httpStatus: null, connectMs };
    if (error instanceof HttpError) return { is: error.problem, httpStatus: null, connectMs };
    if (!(error instanceof SystemError)) throw error;
    const is = error.code === 'ECONNREFUSED' ? 'refused' : error.code === 'ECONNRESET' ? 'reset' : 'no-reply';
    return { is, httpStatus: null, connectMs };
  } finally {
    connecting.end();
    total.end();
  }
}
