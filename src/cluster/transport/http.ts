import type http from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CancelledError } from '../../base/cancellation.ts';
import { t } from '../../base/l10n.ts';
import type { Epoch } from '../credentials/authenticator.ts';
import type { ApiRequest, ApiResponse } from './client.ts';
import { request as requestHttp } from './direct/http.ts';
import { request as requestHttps } from './direct/https.ts';
import { explainNetworkError, timedOut } from './explain.ts';
import { hostOf, isLoopback, portOf } from './noProxy.ts';

const headTimeoutMs = 30_000;
/** After so much silence the system asks whether the other side still lives. */
const keepAliveProbeMs = 15_000;

/** Sends one request. A connection from the pool that the server had just closed is replaced once. */
export async function sendHttp(epoch: Epoch, request: ApiRequest): Promise<ApiResponse> {
  try {
    return await attempt(epoch, request);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
  }
  try {
    return await attempt(epoch, request);
  } catch (error) {
    throw error instanceof StaleConnection ? explainNetworkError(error.cause, epoch.server.origin) : error;
  }
}

/** The pool gave a connection that was dead already: the request cannot have been read. */
class StaleConnection extends Error {}

function attempt(epoch: Epoch, request: ApiRequest): Promise<ApiResponse> {
  const { signal } = request;
  const { server } = epoch;
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  const timeoutMs = request.timeoutMs ?? headTimeoutMs;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError());
      return;
    }
    const outgoing = (server.protocol === 'https:' ? requestHttps : requestHttp)({
      method: request.method ?? 'GET',
      host: hostOf(server),
      port: portOf(server),
      path: requestPath(server, request),
      agent: epoch.agent,
      headers: {
        ...outgoingHeaders(epoch),
        accept: request.accept ?? 'application/json',
        ...(request.compress && !epoch.disableCompression && !isLoopback(hostOf(server))
          ? { 'accept-encoding': 'gzip' }
          : {}),
        ...(body && {
          'content-type': request.contentType ?? 'application/json',
          'content-length': body.length,
        }),
      },
    });
    const timer = setTimeout(() => {
      outgoing.destroy(timedOut(server.origin, 'answer', timeoutMs));
    }, timeoutMs);
    const onAbort = (): void => {
      outgoing.destroy(new CancelledError());
    };
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
    outgoing.once('socket', (socket) => socket.setKeepAlive(true, keepAliveProbeMs));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(new CancelledError());
      else if (outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
        reject(new StaleConnection(t('the pooled connection was closed'), { cause: error }));
      } else reject(explainNetworkError(error, server.origin));
    });
    outgoing.once('response', (incoming) => {
      clearTimeout(timer);
      const decoded = incoming.headers['content-encoding'] === 'gzip' ? gunzip(incoming) : incoming;
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: cancellable(decoded, signal),
      });
    });
    outgoing.end(body);
  });
}

/** Ends the body with {@link CancelledError} once the signal aborts, whatever the socket says of it. */
function cancellable(body: Readable, signal: AbortSignal): Readable {
  const onAbort = (): void => {
    body.destroy(new CancelledError());
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  body.once('close', () => signal.removeEventListener('abort', onAbort));
  // Whoever reads the body hears of its errors; one that nobody reads any more must not end the process.
  body.on('error', () => undefined);
  return body;
}

function gunzip(incoming: Readable): Readable {
  const unzip = createGunzip();
  // `pipeline` destroys both ends with the error; the reader of `unzip` hears it.
  pipeline(incoming, unzip, () => undefined);
  return unzip;
}

/** The path below a server that may itself stand below a path, as behind Rancher. */
export function requestPath(server: URL, { path, query = [] }: Pick<ApiRequest, 'path' | 'query'>): string {
  const search = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${server.pathname.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

export function outgoingHeaders({ headers }: Epoch): http.OutgoingHttpHeaders {
  return { 'user-agent': 'pod-network-explorer', ...(headers as http.OutgoingHttpHeaders) };
}
