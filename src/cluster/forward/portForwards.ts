import type net from 'node:net';
import { CancelledError, delay } from '../../base/cancellation.ts';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import { t } from '../../base/l10n.ts';
import type { PortForward, PortForwards, PortForwardState, PortForwardTarget } from '../../model/requests.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';
import { join } from './join.ts';
import { listenOnLoopback } from './loopback.ts';
import { openPortSocket, type PortSocket } from './portSocket.ts';

type Targets = () => PortForwardTarget | undefined;

/** Each is a connection to the API server of its own. */
const connectionsAtOnce = 100;
/** Between tries of one connection: a pod that went is replaced within seconds, and a server may restart. */
const pausesMs = [250, 1_000, 2_000, 4_000];
/** How long the first, trying connection waits for the pod to say that nothing listens there. */
const tryMs = 1_000;

class ApiPortForwards implements PortForwards, Disposable {
  readonly #client: ClusterClient;
  readonly #open = new Set<Forward>();

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  async open(localPort: number, targets: Targets, signal: AbortSignal): Promise<PortForward> {
    if (signal.aborted) throw new CancelledError();
    const target = targets();
    if (target === undefined) throw noTarget();
    // The server's refusal is told now, not when somebody first connects.
    const first = await openPortSocket(this.#client, target, signal);
    const forward = new Forward(this.#client, targets, target);
    try {
      await forward.listen(localPort);
    } catch (error) {
      first.close();
      throw error;
    }
    this.#open.add(forward);
    forward.onDidChangeState(({ is }) => {
      if (is === 'closed') this.#open.delete(forward);
    });
    forward.tryOut(first);
    return forward;
  }

  dispose(): void {
    for (const forward of this.#open) forward.dispose();
  }
}

class Forward implements PortForward {
  readonly #client: ClusterClient;
  readonly #targets: Targets;
  readonly #stateChanged = new Emitter<PortForwardState>();
  readonly #ended = new AbortController();
  readonly #locals = new Set<net.Socket>();
  #servers: readonly net.Server[] = [];
  #port = 0;
  #target: PortForwardTarget;
  #failure: string | undefined;
  #state: PortForwardState = { is: 'open', connections: 0 };

  readonly onDidChangeState = this.#stateChanged.event;

  constructor(client: ClusterClient, targets: Targets, target: PortForwardTarget) {
    this.#client = client;
    this.#targets = targets;
    this.#target = target;
  }

  get localPort(): number {
    return this.#port;
  }

  get target(): PortForwardTarget {
    return this.#target;
  }

  get state(): PortForwardState {
    return this.#state;
  }

  async listen(port: number): Promise<void> {
    const { port: chosen, servers } = await listenOnLoopback(port, (local) => this.#accept(local));
    this.#port = chosen;
    this.#servers = servers;
    for (const server of servers) server.on('error', (error) => this.#fail(messageOf(error)));
  }

  /** Learns from a connection that carries nothing whether something listens in the pod, and closes it. */
  tryOut(socket: PortSocket): void {
    const timer = setTimeout(() => socket.close(), tryMs);
    socket.listen({ onData: () => undefined, onDrain: () => undefined });
    this.#ended.signal.addEventListener('abort', () => socket.close(), { once: true });
    void socket.ended.then(({ message }) => {
      clearTimeout(timer);
      if (message !== undefined) this.#fail(message);
    });
  }

  dispose(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    for (const server of this.#servers) server.close();
    for (const local of this.#locals) local.destroy();
    this.#set({ is: 'closed', message: '' });
    this.#stateChanged.dispose();
  }

  #accept(local: net.Socket): void {
    // Its end is heard as `close`.
    local.on('error', () => undefined);
    if (this.#locals.size >= connectionsAtOnce) {
      local.resetAndDestroy();
      this.#fail(t('More than {0} connections at once.', connectionsAtOnce));
      return;
    }
    this.#locals.add(local);
    const gone = new AbortController();
    local.once('close', () => {
      gone.abort();
      this.#locals.delete(local);
      this.#update();
    });
    this.#update();
    void this.#serve(local, AbortSignal.any([this.#ended.signal, gone.signal]));
  }

  /** Never rejects: what fails is told by the state, and to the client by a reset. */
  async #serve(local: net.Socket, signal: AbortSignal): Promise<void> {
    try {
      const remote = await this.#connect(signal);
      this.#fail(undefined);
      const end = await join(local, remote);
      if (end.message !== undefined && !signal.aborted) this.#fail(end.message);
    } catch (error) {
      local.resetAndDestroy();
      if (!isCancellation(error)) this.#fail(messageOf(error));
    }
  }

  /** Opens the way to the pod, or to another one where the first went meanwhile. */
  async #connect(signal: AbortSignal): Promise<PortSocket> {
    for (const pause of [...pausesMs, undefined]) {
      const target = this.#targets();
      try {
        if (target === undefined) throw noTarget();
        const socket = await openPortSocket(this.#client, target, signal);
        this.#target = target;
        return socket;
      } catch (error) {
        if (pause === undefined || !mayPass(error)) throw error;
        this.#fail(messageOf(error));
      }
      await delay(pause, signal);
    }
    throw noTarget();
  }

  #fail(message: string | undefined): void {
    this.#failure = message;
    this.#update();
  }

  #update(): void {
    if (this.#failure !== undefined) this.#set({ is: 'failing', message: this.#failure });
    else this.#set({ is: 'open', connections: this.#locals.size });
  }

  #set(state: PortForwardState): void {
    if (this.#state.is === 'closed' || JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

/** Whether the next try may end differently: a missing right or a wrong port number does not change by itself. */
function mayPass(error: unknown): boolean {
  if (isCancellation(error)) return false;
  // 400: the pod does not run yet, or any more.
  if (error instanceof ApiError) return ![401, 403].includes(error.httpStatus);
  return error instanceof ExplainedError;
}

function noTarget(): ExplainedError {
  return new ExplainedError('no-target', t('There is no ready pod to forward the port to.'), {
    remedy: t('Wait until a pod is ready; the next connection tries again.'),
  });
}

/** Ports of this machine that lead to the pods behind a client. Disposing of it closes all of them. */
export function createPortForwards({
  client,
}: {
  readonly client: ClusterClient;
}): PortForwards & Disposable {
  return new ApiPortForwards(client);
}
