import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolveHost } from '../network/resolver.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { Deadline } from '../system/wait.ts';
import { goFlags, listenGo } from './goServer.ts';
import { serveUntilEnd } from './serving.ts';

/** Kubernetes' test image: netexec, serve-hostname, porter, connect, pause. */
export async function agnhost(process: Process): Promise<number> {
  const [command = 'pause', ...args] = process.argv.slice(1);
  const flags = goFlags(args);
  switch (command) {
    case 'netexec':
      return netexec(process, flags);
    case 'serve-hostname':
      return serveHostname(process, flags);
    case 'porter':
      return porter(process);
    case 'connect':
      return connect(process, args, flags);
    case 'pause':
      await process.print('Paused\n');
      return serveUntilEnd(process, []);
    case 'help':
    case '--help':
      await process.print('Usage:\n  agnhost netexec|serve-hostname|porter|connect|pause\n');
      return 0;
    default:
      await process.printError(`Error: unknown command "${command}" for "app"\n`);
      return 1;
  }
}

async function netexec(process: Process, flags: ReadonlyMap<string, string>): Promise<number> {
  const port = Number(flags.get('http-port') ?? 8080);
  const delay = Number(flags.get('delay-shutdown') ?? 0);
  const listener = await listenGo(process, port, 'agnhost', (request, response) =>
    answer(process, request, response),
  );
  if (listener === undefined) return 1;
  await process.printError(`Started HTTP server on port ${port}\n`);
  const status = await serveUntilEnd(process, [listener]);
  if (delay > 0) await process.sleep(delay * 1000);
  return status;
}

function answer(process: Process, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const send = (text: string, status = 200): void => {
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
  switch (url.pathname) {
    case '/':
      send(`NOW: ${new Date().toISOString()}`);
      return;
    case '/hostname':
    case '/hostName':
      send(process.kernel.hostname);
      return;
    case '/clientip':
      send(`${request.socket.remoteAddress ?? ''}:${request.socket.remotePort ?? ''}`);
      return;
    case '/echo':
      send(url.searchParams.get('msg') ?? '', Number(url.searchParams.get('code') ?? 200));
      return;
    case '/header':
      send(String(request.headers[(url.searchParams.get('key') ?? '').toLowerCase()] ?? ''));
      return;
    case '/healthz':
    case '/readyz':
      send('ok');
      return;
    case '/exit':
      send('exiting');
      setImmediate(() => process.deliver('TERM'));
      return;
    case '/redirect':
      response.writeHead(Number(url.searchParams.get('code') ?? 302), {
        Location: url.searchParams.get('location') ?? '/',
      });
      response.end();
      return;
    default:
      send('404 page not found\n', 404);
  }
}

async function serveHostname(process: Process, flags: ReadonlyMap<string, string>): Promise<number> {
  const port = Number(flags.get('port') ?? 9376);
  const listener = await listenGo(process, port, 'agnhost', (_, response) => {
    response.end(process.kernel.hostname);
  });
  return listener === undefined ? 1 : serveUntilEnd(process, [listener]);
}

/** A server for each `SERVE_PORT_N` of the environment, which answers with the variable's value. */
async function porter(process: Process): Promise<number> {
  const listeners: { close: () => void }[] = [];
  for (const [name, text] of process.environment) {
    const [, kind, port] = /^SERVE_(PORT|TLS_PORT)_(\d+)$/.exec(name) ?? [];
    if (port === undefined) continue;
    const listener = await listenGo(
      process,
      Number(port),
      'agnhost',
      (_, response) => {
        response.end(text);
      },
      kind === 'TLS_PORT',
    );
    if (listener === undefined) return 1;
    listeners.push(listener);
  }
  return serveUntilEnd(process, listeners);
}

/** `agnhost connect HOST:PORT --timeout=3s`: prints TIMEOUT, REFUSED, DNS or OTHER, as the e2e suite reads it. */
async function connect(
  process: Process,
  args: readonly string[],
  flags: ReadonlyMap<string, string>,
): Promise<number> {
  const [, host = '', port = ''] =
    /^(.*):(\d+)$/.exec(args.find((word) => !word.startsWith('-')) ?? '') ?? [];
  const say = async (text: string): Promise<number> => {
    await process.printError(`${text}\n`);
    return 1;
  };
  const resolved = await resolveHost(process, host.replace(/^\[|\]$/g, ''));
  if (resolved.kind !== 'found') return say(`DNS: ${resolved.text}`);
  const limit = /^(\d+)(ms|s|m)?$/.exec(flags.get('timeout') ?? '1s');
  const unit = { ms: 1, s: 1000, m: 60_000 }[limit?.[2] ?? 's'] ?? 1000;
  const deadline = new Deadline(Number(limit?.[1] ?? 1) * unit, process.signal);
  try {
    const connection = await process.kernel.network.connect(
      resolved.addresses[0] ?? '',
      Number(port),
      deadline.signal,
    );
    connection.end();
    return 0;
  } catch (error) {
    if (process.signal.aborted) throw error;
    if (deadline.expired) return say('TIMEOUT');
    if (!(error instanceof SystemError)) throw error;
    return say(error.code === 'ECONNREFUSED' ? 'REFUSED' : `OTHER: ${error.text}`);
  }
}
