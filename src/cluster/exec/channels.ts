import type { RawData, WebSocket as Socket } from 'ws';
import { t } from '../../base/l10n.ts';
import { isRecord, type Json } from '../../model/json.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { Deferred } from '../deferred.ts';
import type { ClusterClient } from '../transport/client.ts';
import { Heartbeat, longestSilenceMs } from '../transport/heartbeat.ts';

/** The channels of `v4.channel.k8s.io` and `v5.channel.k8s.io`, the first byte of every frame. */
export const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** The newer one first; servers before 1.30 speak only the older. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const stdinChunk = 32 * 1024;
/** After the exit status the server closes; one that does not is not waited for. */
const closeGraceMs = 1_000;

export interface ExecQuery {
  readonly target: ContainerRef;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** How the connection to a process ended. */
export type ChannelsEnd =
  /** The server sent the process' Status. */
  | { readonly is: 'status'; readonly status: Json }
  /** It was closed in good order, and no Status had come. */
  | { readonly is: 'closed'; readonly reason: string }
  /** It broke, or fell silent. */
  | { readonly is: 'broken'; readonly reason: string };

/** The connection to one process. Nothing is heard before `listen`. */
export class Channels {
  readonly ended: Promise<ChannelsEnd>;
  /**
   * Whether standard input can be ended while output still comes. v4 cannot: there it stays open until the
   * process ends, and a program must know from its input where that ends.
   */
  readonly canEndStdin: boolean;
  readonly #socket: Socket;
  readonly #finish: (end: ChannelsEnd) => void;
  #onData: (channel: number, bytes: Buffer) => void = () => undefined;
  #status: Json | undefined;
  #error: Error | undefined;

  constructor(socket: Socket, protocol: string) {
    this.#socket = socket;
    this.canEndStdin = protocol === 'v5.channel.k8s.io';
    const ended = new Deferred<ChannelsEnd>();
    this.ended = ended.promise;
    this.#finish = ended.resolve;
    new Heartbeat(socket, () => {
      this.#error = new Error(t('nothing was heard for {0} s', longestSilenceMs / 1000));
      socket.terminate();
    });
    socket.on('message', (data: RawData) => this.#take(data as Buffer));
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', (code, reason) => this.#closed(code, reason.toString('utf8')));
  }

  /** Starts the flow of output. @param onData hears stdout and stderr, cut anywhere */
  listen(onData: (channel: number, bytes: Buffer) => void): void {
    this.#onData = onData;
    this.#socket.resume();
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += stdinChunk) {
      this.#send(channel.stdin, bytes.subarray(from, from + stdinChunk));
    }
  }

  /** Ends standard input, where the protocol can. */
  endStdin(): void {
    if (this.canEndStdin) this.#send(channel.close, Buffer.from([channel.stdin]));
  }

  resize(columns: number, rows: number): void {
    this.#send(channel.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  }

  /**
   * Gives the process up. Closing does not end it on the server's side: its input is ended first, which ends shells
   * and whatever reads; the rest must be bounded inside the container.
   */
  close(): void {
    this.endStdin();
    this.#socket.resume();
    this.#socket.close();
    // The server may never answer the closing handshake.
    setTimeout(() => this.#socket.terminate(), closeGraceMs).unref();
  }

  #take(frame: Buffer): void {
    const [to] = frame;
    const bytes = frame.subarray(1);
    if (to === channel.status) this.#takeStatus(bytes);
    else if ((to === channel.stdout || to === channel.stderr) && bytes.length > 0) this.#onData(to, bytes);
  }

  /** The last frame, as a rule; output on its way beside it is still waited for. */
  #takeStatus(bytes: Buffer): void {
    let status: unknown;
    try {
      status = JSON.parse(bytes.toString('utf8'));
    } catch {
      // Not a Status: as good as none, and the end of the connection will say so.
      return;
    }
    if (!isRecord(status)) return;
    this.#status = status;
    setTimeout(() => this.close(), closeGraceMs).unref();
  }

  #closed(code: number, reason: string): void {
    if (this.#status !== undefined) this.#finish({ is: 'status', status: this.#status });
    else if (this.#error !== undefined) this.#finish({ is: 'broken', reason: this.#error.message });
    // 1006: there was no closing handshake (RFC 6455, 7.4.1).
    else if (code === 1006) this.#finish({ is: 'broken', reason: t('the connection was cut') });
    else
      this.#finish({
        is: 'closed',
        reason: reason === '' ? t('code {0}', code) : t('code {0}, {1}', code, reason),
      });
  }

  #send(to: number, bytes: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(Buffer.concat([Buffer.from([to]), bytes]));
  }
}

/**
 * Starts a process in a container. The server upgrades a GET, for which it asks the right to `get pods/exec`, and
 * since 1.35 to `create` it too.
 * @throws ApiError where the server refuses before anything runs; ExplainedError, CancelledError.
 */
export async function openChannels(
  client: ClusterClient,
  { target, command, stdin, tty }: ExecQuery,
  signal: AbortSignal,
): Promise<Channels> {
  const { namespace, pod, container } = target;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`;
  const query: [string, string][] = [
    ['container', container],
    ['stdin', String(stdin)],
    ['stdout', 'true'],
    // A terminal has one stream for both.
    ['stderr', String(!tty)],
    ['tty', String(tty)],
    ...command.map((word): [string, string] => ['command', word]),
  ];
  const { socket, protocol } = await client.openSocket({ path, query, signal }, protocols);
  return new Channels(socket, protocol);
}
