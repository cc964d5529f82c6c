import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answer } from './apiServer.ts';

/** One exec as the server sees it. */
export class Session {
  readonly url: URL;
  readonly protocol: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly socket: WebSocket;
  /** What came on standard input, and whether it was ended. */
  stdin = '';
  stdinEnded = false;
  readonly sizes: unknown[] = [];
  closed = false;
  #listeners: (() => void)[] = [];

  constructor(socket: WebSocket, request: http.IncomingMessage) {
    this.socket = socket;
    this.url = new URL(request.url ?? '', 'http://server');
    this.protocol = socket.protocol;
    this.headers = request.headers;
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0) this.stdin += data.subarray(1).toString('latin1');
      if (data[0] === 4) this.sizes.push(JSON.parse(data.subarray(1).toString()));
      if (data[0] === 255 && data[1] === 0) this.stdinEnded = true;
      this.#changed();
    });
    socket.on('close', () => {
      this.closed = true;
      this.#changed();
    });
  }

  send(channel: number, content: string | Buffer): void {
    this.socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(content as string)]));
  }

  /** Ends the process as a kubelet does: the Status, then the closing handshake. */
  exit(code: number): void {
    const details = { causes: [{ reason: 'ExitCode', message: String(code) }] };
    const failure = { status: 'Failure', reason: 'NonZeroExitCode', message: `exit code ${code}`, details };
    this.send(3, JSON.stringify(code === 0 ? { metadata: {}, status: 'Success' } : failure));
    this.socket.close(1000);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  #changed(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

export type Refusal = { readonly status: number; readonly body: string } | undefined;

/** A server of pods/exec on a real socket; a test says what each process does. */
export class ExecServer {
  /** Speaks for the process. */
  program: (session: Session) => void = (session) => session.exit(0);
  /** Refuses before the upgrade. */
  refuse: (request: http.IncomingMessage) => Refusal = () => undefined;
  /** The subprotocols it speaks. */
  protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
  readonly sessions: Session[] = [];
  readonly #server = http.createServer((_request, response) => answer(response, 400, 'not an upgrade'));
  readonly #sockets = new Set<Socket>();

  constructor() {
    const upgrades = new WebSocketServer({
      noServer: true,
      handleProtocols: (offered) => this.protocols.find((protocol) => offered.has(protocol)) ?? false,
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const refusal = this.refuse(request);
      if (refusal !== undefined) {
        const { status, body } = refusal;
        socket.end(
          `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
        );
        return;
      }
      upgrades.handleUpgrade(request, socket, head, (webSocket) => {
        const session = new Session(webSocket, request);
        this.sessions.push(session);
        this.program(session);
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
