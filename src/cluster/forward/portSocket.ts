import type { RawData, WebSocket as Socket } from 'ws';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { PortForwardTarget } from '../../model/requests.ts';
import { Deferred } from '../deferred.ts';
import { segment } from '../requests/objectPath.ts';
import type { ClusterClient } from '../transport/client.ts';
import { Heartbeat, longestSilenceMs } from '../transport/heartbeat.ts';

/**
 * `v4.channel.k8s.io`, which the kubelet has spoken since Kubernetes 1.8 and the API server passes through, and not
 * kubectl's SPDY inside a WebSocket, which API servers know since 1.30 and may have switched off. One socket a
 * connection; the first byte of a frame is its channel, and the first frame of each channel names the port. It cannot
 * end one direction alone; container runtimes end both within a second anyway.
 */
const protocols = ['v4.channel.k8s.io'];
const channel = { data: 0, error: 1 } as const;

/** Sending stops while so much waits, in bytes. */
const highWater = 1 << 20;

export interface PortSocketEvents {
  onData(bytes: Buffer): void;
  /** What was sent has left; it may go on. */
  onDrain(): void;
}

/** How a connection to a pod's port ended. `message` is undefined where the pod ended it in good order. */
export interface PortSocketEnd {
  readonly message: string | undefined;
}

/** One connection to a port of a pod. */
export class PortSocket {
  readonly ended: Promise<PortSocketEnd>;
  readonly #socket: Socket;
  readonly #named = new Set<number>();
  #events: PortSocketEvents | undefined;
  #error: string | undefined;
  #closing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    const ended = new Deferred<PortSocketEnd>();
    this.ended = ended.promise;
    new Heartbeat(socket, () => {
      this.#error = t('nothing was heard for {0} s', longestSilenceMs / 1000);
      socket.terminate();
    });
    socket.on('message', (data: RawData) => this.#take(data as Buffer));
    socket.on('error', (error) => {
      this.#error ??= oneLine(error.message);
    });
    socket.once('close', (code: number, reason: Buffer) => {
      ended.resolve({ message: this.#error ?? (this.#closing ? undefined : whyClosed(code, reason)) });
    });
  }

  listen(events: PortSocketEvents): void {
    this.#events = events;
    this.#socket.resume();
  }

  /** @returns false: wait for `onDrain` before the next. */
  send(bytes: Buffer): boolean {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return true;
    let full = false;
    socket.send(Buffer.concat([Buffer.from([channel.data]), bytes]), () => {
      if (full && socket.bufferedAmount < highWater) this.#events?.onDrain();
    });
    full = socket.bufferedAmount >= highWater;
    return !full;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#closing = true;
    this.#socket.resume();
    this.#socket.close(1000);
    // The kubelet may never answer the closing handshake.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  #take(frame: Buffer): void {
    const [from] = frame;
    if (from !== channel.data && from !== channel.error) return;
    if (!this.#named.has(from)) {
      this.#named.add(from);
      return;
    }
    const bytes = frame.subarray(1);
    if (bytes.length === 0) return;
    if (from === channel.data) {
      this.#events?.onData(bytes);
      return;
    }
    this.#error ??= oneLine(bytes.toString('utf8'), 600);
    this.close();
  }
}

/** undefined: in good order. 1006: there was no closing handshake (RFC 6455, 7.4.1). */
function whyClosed(code: number, reason: Buffer): string | undefined {
  if (code === 1000 || code === 1005) return undefined;
  if (code === 1006) return t('the connection to the pod was cut');
  return t(
    'the connection to the pod was closed with code {0} {1}',
    code,
    oneLine(reason.toString('utf8')),
  ).trim();
}

/** @throws ApiError where the server refuses; ExplainedError, CancelledError. */
export async function openPortSocket(
  client: ClusterClient,
  { namespace, pod, port }: PortForwardTarget,
  signal: AbortSignal,
): Promise<PortSocket> {
  const path = `/api/v1/namespaces/${segment(namespace)}/pods/${segment(pod)}/portforward`;
  const { socket } = await client.openSocket({ path, query: [['ports', String(port)]], signal }, protocols);
  return new PortSocket(socket);
}
