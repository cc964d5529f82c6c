/** The HTTPS server: authenticates, routes, answers; upgrades go to the streams. */
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ObjectApi } from '../api/objectApi.ts';
import { faultsRequest, isFaultsPath } from '../faults/endpoint.ts';
import { FaultyApi } from '../faults/faultyApi.ts';
import type { FaultPlan } from '../faults/plan.ts';
import type { PodRuntime } from '../runtime/types.ts';
import { PodStreams } from '../streams/podStreams.ts';
import type { ServerCertificate } from '../tls/certificates.ts';
import type { LabServices, RequestContext } from './context.ts';
import { documentAnswer } from './documents.ts';
import { isOutsidePath, outsideRequest } from './outside.ts';
import { send, sendError } from './respond.ts';
import { resourceRequest } from './resourceRequests.ts';
import { reviewRequest, virtualKindAt } from './reviews.ts';
import { pathSegments, resourceRoute } from './routes.ts';
import type { Accounts } from './users.ts';

export interface ServerOptions {
  api: ObjectApi;
  runtime: PodRuntime;
  accounts: Accounts;
  certificate: ServerCertificate;
  /** 0 takes a free one. */
  port: number;
  /** Faults of the API from the start. */
  faults?: FaultPlan;
}

/** How long the server is away when it restarts. */
const awayMs = 500;

export interface LabServer {
  port: number;
  close(): Promise<void>;
}

function notFoundPage(response: ServerResponse): void {
  send(response, { code: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' });
}

async function answer(context: RequestContext): Promise<void> {
  const { request, response, segments, services } = context;
  if (request.method === 'GET' || request.method === 'HEAD') {
    const document = documentAnswer(segments, request.headers.accept, services.address);
    if (document) {
      send(response, document);
      return;
    }
  }
  if (isOutsidePath(segments)) {
    await outsideRequest(context);
    return;
  }
  const review = virtualKindAt(segments);
  if (review) {
    await reviewRequest(context, review);
    return;
  }
  const route = resourceRoute(segments);
  if (!route) notFoundPage(response);
  else await resourceRequest(context, route);
}

/** Binds to 127.0.0.1 and serves until closed; rejects where the port is taken. */
export async function startServer(options: ServerOptions): Promise<LabServer> {
  const { api, runtime, accounts, certificate } = options;
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let comeBack: NodeJS.Timeout | undefined;
  const services: LabServices = { api, runtime, address: '' };
  const streams = new PodStreams(services, stopping.signal);

  const contextOf = (request: IncomingMessage, response: ServerResponse): RequestContext | undefined => {
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const segments = pathSegments(url.pathname);
    const user = accounts.authenticate(request);
    return (
      segments && {
        services,
        request,
        response,
        segments,
        query: url.searchParams,
        user,
        signal: stopping.signal,
      }
    );
  };
  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const context = contextOf(request, response);
      if (!context) notFoundPage(response);
      else if (isFaultsPath(context.segments)) await faultsRequest(context, faulty);
      else if (!faulty.meets(context)) await answer(context);
    } catch (error) {
      sendError(response, error);
    }
  };
  const server: Server = createServer(
    { cert: certificate.certificate, key: certificate.key, keepAliveTimeout: 60_000 },
    (request, response) => void onRequest(request, response),
  );
  /** As when the API server's process ends, and another one with another history takes its place. */
  const restart = (): void => {
    clearTimeout(comeBack);
    server.close();
    for (const socket of sockets) socket.destroy();
    api.store.renumber();
    comeBack = setTimeout(() => server.listen(port, '127.0.0.1'), awayMs);
  };
  const faulty = new FaultyApi(restart);
  if (options.faults) faulty.set(options.faults);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    streams.upgrade(request, socket, head, accounts);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Broken handshakes are the client's affair; the socket is destroyed by Node.
  server.on('tlsClientError', (_error: Error, socket: Duplex) => {
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  services.address = `127.0.0.1:${port}`;
  return {
    port,
    close: async () => {
      clearTimeout(comeBack);
      const closed = new Promise((resolve) => server.close(resolve));
      stopping.abort();
      await streams.close();
      // Ended responses get a moment to be flushed; what is still open then is cut.
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, 100);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cut);
    },
  };
}
