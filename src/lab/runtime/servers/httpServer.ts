import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Connection } from '../network/connection.ts';
import { isClientHello, serverHello } from '../network/tls.ts';
import type { NetworkStack } from '../network/stack.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HttpListenerOptions {
  readonly address: string;
  readonly port: number;
  readonly program: string;
  readonly tls?: boolean;
  /** PEM; without it the server shows one that it signed itself. */
  readonly certificate?: string;
  /** The answer to plain HTTP on a TLS port, and to bytes that are no HTTP. */
  readonly badRequest: { readonly plainOnTls: string; readonly garbage: string };
  readonly handle: HttpHandler;
}

/**
 * An HTTP server on a port of the lab's network: Node's own parser, never a real socket.
 * @throws SystemError EADDRINUSE
 */
export function listenHttp(stack: NetworkStack, options: HttpListenerOptions): { close: () => void } {
  const server = createServer((request, response) => {
    void handle(options, request, response);
  });
  // Connections stay open until the client ends them; the header about it is each server's own.
  server.keepAliveTimeout = 0;
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end(options.badRequest.garbage);
  });
  const listener = stack.listen(options.address, options.port, options.program, (connection) => {
    if (options.tls === true) void acceptTls(server, connection, options);
    else server.emit('connection', connection);
  });
  return {
    close: () => {
      listener.close();
      server.closeAllConnections();
    },
  };
}

async function handle(
  options: HttpListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await options.handle(request, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
    response.end(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Waits for the client's first record; a client that speaks plain HTTP is told so. */
async function acceptTls(
  server: Server,
  connection: Connection,
  { badRequest, certificate = '' }: HttpListenerOptions,
): Promise<void> {
  const first = await new Promise<Buffer | undefined>((resolve) => {
    connection.once('data', (chunk: Buffer) => {
      connection.pause();
      resolve(chunk);
    });
    connection.once('close', () => resolve(undefined));
  });
  if (first === undefined) return;
  if (!isClientHello(first)) {
    connection.end(badRequest.plainOnTls);
    return;
  }
  connection.write(serverHello(certificate));
  server.emit('connection', connection);
  connection.resume();
}
