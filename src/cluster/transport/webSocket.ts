import type { ClientRequest } from 'node:http';
import type { WebSocket as Socket } from 'ws';
import { CancelledError } from '../../base/cancellation.ts';
import type { Epoch } from '../credentials/authenticator.ts';
import { ApiError } from './apiError.ts';
import type { ApiRequest } from './client.ts';
import { explainNetworkError, timedOut } from './explain.ts';
import { outgoingHeaders, requestPath } from './http.ts';
import { readText } from './readBody.ts';

/** An open WebSocket and the subprotocol the server chose. Messages wait in it until somebody listens. */
export interface OpenedSocket {
  readonly socket: Socket;
  readonly protocol: string;
}

const handshakeTimeoutMs = 30_000;
/** The largest frame taken from a server. */
const maxPayload = 16 << 20;

/** Opens a WebSocket with an epoch's credentials. A dead connection from the pool is replaced once. */
export async function openWebSocket(
  epoch: Epoch,
  request: Pick<ApiRequest, 'path' | 'query' | 'timeoutMs' | 'signal'>,
  protocols: readonly string[],
): Promise<OpenedSocket> {
  const first = await attempt(epoch, request, protocols);
  const answer = first === 'stale-connection' ? await attempt(epoch, request, protocols) : first;
  if (answer !== 'stale-connection') return answer;
  throw explainNetworkError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }), epoch.server.origin);
}

async function attempt(
  epoch: Epoch,
  request: Pick<ApiRequest, 'path' | 'query' | 'timeoutMs' | 'signal'>,
  protocols: readonly string[],
): Promise<OpenedSocket | 'stale-connection'> {
  // Loaded here: activation must not pay for it.
  const { WebSocket } = await import('ws');
  const { server } = epoch;
  const { signal } = request;
  const timeoutMs = request.timeoutMs ?? handshakeTimeoutMs;
  if (signal.aborted) throw new CancelledError();
  return new Promise((resolve, reject) => {
    let handshake: ClientRequest | undefined;
    const url = `${server.protocol === 'https:' ? 'wss' : 'ws'}://${server.host}${requestPath(server, request)}`;
    const socket = new WebSocket(url, [...protocols], {
      agent: epoch.agent,
      headers: outgoingHeaders(epoch) as Record<string, string>,
      perMessageDeflate: false,
      followRedirects: false,
      skipUTF8Validation: true,
      maxPayload,
      finishRequest: (outgoing) => {
        handshake = outgoing;
        outgoing.end();
      },
    });
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error): void => {
      settle(() => reject(error));
      socket.terminate();
    };
    const onAbort = (): void => fail(new CancelledError());
    const timer = setTimeout(() => fail(timedOut(server.origin, 'answer', timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays after opening: an error nobody hears would end the process; `close` follows each one.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (handshake?.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
        settle(() => resolve('stale-connection'));
      } else fail(explainNetworkError(error, server.origin));
    });
    socket.once('unexpected-response', (_request, response) => {
      readText(response, 1 << 20, server.origin).then(
        (body) => fail(new ApiError(response.statusCode ?? 0, body, response.headers, request.path)),
        fail,
      );
    });
    socket.once('open', () => {
      // Messages may follow in the same packet; the owner resumes when it listens.
      socket.pause();
      settle(() => resolve({ socket, protocol: socket.protocol }));
    });
  });
}
