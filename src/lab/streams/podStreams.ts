/** WebSocket upgrades: exec, attach and port-forward of pods. */
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { badRequest, notFound, StatusError } from '../api/errors.ts';
import type { LabServices } from '../http/context.ts';
import { statusOf } from '../http/respond.ts';
import { pathSegments, resourceRoute } from '../http/routes.ts';
import { checkAllowed } from '../http/users.ts';
import type { Accounts } from '../http/users.ts';
import type { Pod } from '../objects/pod.ts';
import { pods } from '../resources/catalog.ts';
import { planExec } from './exec.ts';
import type { StreamPlan } from './plan.ts';
import { planPortForward, spdyTunnel } from './portForward.ts';

/** In the order of preference. */
const channelProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Each is at least one process in the lab. */
const maximumStreams = 256;
const spdyRefusal =
  'unable to upgrade: the practice lab speaks WebSocket only, which kubectl does from 1.31 on';

function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return channelProtocols.find((protocol) => offered.has(protocol)) ?? false;
}

/** Answers an upgrade with a plain HTTP error, as the API server does before it upgrades. */
function refuse(socket: Duplex, error: unknown): void {
  const status = statusOf(error);
  const body = `${JSON.stringify(status)}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status.code} ${STATUS_CODES[status.code] ?? ''}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

export class PodStreams {
  readonly #services: LabServices;
  readonly #server: WebSocketServer;
  readonly #tunnels = new WeakSet<IncomingMessage>();

  constructor(services: LabServices, signal: AbortSignal) {
    this.#services = services;
    this.#server = new WebSocketServer({
      noServer: true,
      handleProtocols: chooseProtocol,
      maxPayload: 4 * 1024 * 1024,
      perMessageDeflate: false,
    });
    this.#server.on('headers', (headers, request) => {
      if (this.#tunnels.has(request)) headers.push(`Sec-WebSocket-Protocol: ${spdyTunnel}`);
    });
    signal.addEventListener('abort', () => {
      for (const client of this.#server.clients) client.terminate();
    });
  }

  /** Checks a request for an upgrade and hands it to its stream; every refusal is an HTTP answer. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, accounts: Accounts): void {
    // A client that goes away during the handshake is no fault.
    socket.on('error', () => socket.destroy());
    try {
      const plan = this.#plan(request, accounts);
      this.#takeTunnelProtocol(request);
      this.#server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => {
          client.terminate();
        });
        plan(client);
      });
    } catch (error) {
      refuse(socket, error);
    }
  }

  /** kubectl's name for a tunnel has a slash, which `ws` refuses in a subprotocol: it is answered by hand. */
  #takeTunnelProtocol(request: IncomingMessage): void {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(spdyTunnel)) return;
    delete request.headers['sec-websocket-protocol'];
    this.#tunnels.add(request);
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #plan(request: IncomingMessage, accounts: Accounts): StreamPlan {
    const user = accounts.authenticate(request);
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const segments = pathSegments(url.pathname);
    const route = segments && resourceRoute(segments);
    if (route?.resource.storage !== pods.storage || route.name === undefined || !route.subresource) {
      throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
    }
    const { namespace, name, subresource } = route;
    checkAllowed(user, { verb: 'get', group: '', resource: 'pods', subresource, namespace, name });
    const pod: Pod | undefined = this.#services.api.store.get(pods, { namespace, name });
    if (!pod) throw notFound(pods, name);
    if (this.#server.clients.size >= maximumStreams) {
      throw new StatusError(
        429,
        'TooManyRequests',
        `the practice lab serves ${maximumStreams} streams at once`,
        {
          retryAfterSeconds: 1,
        },
      );
    }
    const plan = this.#planOf(subresource, pod, url.searchParams, request);
    // Last: kubectl asks again over SPDY after any refusal, and must then be told the same.
    if ((request.headers.upgrade ?? '').toLowerCase() !== 'websocket') throw badRequest(spdyRefusal);
    return plan;
  }

  #planOf(subresource: string, pod: Pod, query: URLSearchParams, request: IncomingMessage): StreamPlan {
    switch (subresource) {
      case 'exec':
      case 'attach':
        return planExec(this.#services, pod, subresource, query, request);
      case 'portforward':
        return planPortForward(this.#services, pod, query, request);
      default:
        throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
    }
  }
}
