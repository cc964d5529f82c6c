import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpRequest, HttpError } from '../network/httpClient.ts';
import { resolveHost } from '../network/resolver.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { accessLine } from './accessLog.ts';
import { findDocument } from './files.ts';
import { listenHttp } from './httpServer.ts';
import { logLine, serveUntilEnd } from './serving.ts';
import { readSites, type Location, type Site } from './nginxConfiguration.ts';
import { Deadline } from '../system/wait.ts';

const version = 'nginx/1.29.1';

/** nginx: `listen`, `root`, `index`, `return` and `proxy_pass` of its configuration. */
export async function nginx(process: Process): Promise<number> {
  if (process.argv.includes('-v') || process.argv.includes('-V')) {
    await process.printError(`nginx version: ${version}\n`);
    return 0;
  }
  const problem = (text: string): Promise<void> =>
    process.printError(`${errorTime()} [emerg] ${process.pid}#${process.pid}: ${text}\n`);
  let sites: Site[];
  try {
    sites = readSites(process);
    certificateOf(process, sites);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    await problem(error.message);
    return 1;
  }
  if (process.argv.includes('-t')) {
    await process.printError(
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
    );
    return 0;
  }
  await process.print('/docker-entrypoint.sh: Configuration complete; ready for start up\n');
  const listeners: { close: () => void }[] = [];
  const sockets = new Map(
    sites.flatMap((site) => site.listen.map((socket) => [`${socket.address}:${socket.port}`, socket])),
  );
  for (const socket of sockets.values()) {
    const here = sites.filter(({ listen }) => listen.some(({ port }) => port === socket.port));
    // [::]:80 beside 0.0.0.0:80 is IPv6 only.
    const address = socket.address === '::' && sockets.has(`0.0.0.0:${socket.port}`) ? '::1' : socket.address;
    try {
      listeners.push(
        listenHttp(process.kernel.network, {
          address,
          port: socket.port,
          program: 'nginx',
          tls: socket.tls,
          certificate: socket.tls ? certificateOf(process, here) : '',
          badRequest: {
            plainOnTls: rawError(400, 'Bad Request', 'The plain HTTP request was sent to HTTPS port'),
            garbage: rawError(400, 'Bad Request'),
          },
          handle: (request, response) => answer(process, here, request, response),
        }),
      );
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      for (const listener of listeners) listener.close();
      const where = `${socket.address === '::' ? '[::]' : socket.address}:${socket.port}`;
      for (let attempt = 0; attempt < 5; attempt++)
        await problem(`bind() to ${where} failed (98: ${error.text})`);
      await problem('still could not bind()');
      return 1;
    }
  }
  await process.printError(
    `${errorTime()} [notice] ${process.pid}#${process.pid}: ${version}\n${errorTime()} [notice] ${process.pid}#${process.pid}: start worker processes\n`,
  );
  return serveUntilEnd(process, listeners);
}

/** PEM of the first site that has one. @throws Error in nginx' words where its file cannot be read */
function certificateOf(process: Process, sites: readonly Site[]): string {
  const path = sites.find(({ certificate }) => certificate !== undefined)?.certificate;
  if (path === undefined) return '';
  try {
    return Buffer.from(process.files.readFile(path)).toString();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new Error(`cannot load certificate "${path}": BIO_new_file() failed (${error.text})`, {
      cause: error,
    });
  }
}

async function answer(
  process: Process,
  sites: readonly Site[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const site = sites.find(({ names }) => names.includes(host)) ?? sites[0];
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const location = site?.locations
    .filter(({ prefix, exact }) => (exact ? path === prefix : path.startsWith(prefix)))
    .sort((a, b) => Number(b.exact) - Number(a.exact) || b.prefix.length - a.prefix.length)[0];
  response.setHeader('Server', version);
  let bytes: number;
  if (location?.answer)
    bytes = finish(
      request,
      response,
      location.answer.status,
      location.answer.text,
      'text/plain',
      location.answer.location === undefined ? {} : { Location: location.answer.location },
    );
  else if (location?.proxyTo !== undefined) bytes = await proxy(process, location.proxyTo, request, response);
  else bytes = document(process, site, location, request, response);
  logLine(process, 1, accessLine(request, response.statusCode, bytes, true));
}

function document(
  process: Process,
  site: Site | undefined,
  location: Location | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): number {
  const root = location?.root ?? site?.root ?? '/etc/nginx/html';
  const found = findDocument(
    process.files,
    root,
    request.url ?? '/',
    location?.index ?? site?.index ?? ['index.html'],
    'application/octet-stream',
  );
  if (found.kind === 'file') {
    const modified = Math.floor(found.modified.getTime() / 1000).toString(16);
    return finish(request, response, 200, found.bytes, found.type, {
      'Last-Modified': found.modified.toUTCString(),
      ETag: `"${modified}-${found.bytes.length.toString(16)}"`,
      'Accept-Ranges': 'bytes',
    });
  }
  if (found.kind === 'redirect') {
    const location = `http://${request.headers.host ?? ''}${request.url ?? ''}/`;
    return finish(request, response, 301, errorPage(301, 'Moved Permanently'), 'text/html', {
      Location: location,
    });
  }
  const status = found.kind === 'missing' ? 404 : 403;
  const reason =
    found.kind === 'missing'
      ? 'open() "%s" failed (2: No such file or directory)'
      : 'directory index of "%s" is forbidden';
  const line = reason.replace('%s', `${root}${request.url ?? ''}`);
  logLine(
    process,
    2,
    `${errorTime()} [error] ${process.pid}#${process.pid}: *1 ${line}, client: ${request.socket.remoteAddress ?? ''}, request: "${request.method ?? ''} ${request.url ?? ''} HTTP/1.1"\n`,
  );
  return finish(
    request,
    response,
    status,
    errorPage(status, status === 404 ? 'Not Found' : 'Forbidden'),
    'text/html',
  );
}

/** Passes a request on; what goes wrong on the way is a 502 or 504, as with the real one. */
async function proxy(
  process: Process,
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const url = new URL(target);
  const fail = (status: 502 | 504, why: string): number => {
    logLine(
      process,
      2,
      `${errorTime()} [error] ${process.pid}#${process.pid}: *1 ${why}, upstream: "${target}"\n`,
    );
    return finish(
      request,
      response,
      status,
      errorPage(status, status === 502 ? 'Bad Gateway' : 'Gateway Time-out'),
      'text/html',
    );
  };
  const found = await resolveHost(process, url.hostname);
  if (found.kind !== 'found') return fail(502, `${url.hostname} could not be resolved`);
  const limit = new Deadline(60_000, process.signal);
  const { signal } = limit;
  try {
    const connection = await process.kernel.network.connect(
      found.addresses[0] ?? '',
      Number(url.port || '80'),
      signal,
    );
    const path = url.pathname === '/' && !target.endsWith('/') ? (request.url ?? '/') : url.pathname;
    const result = await httpRequest(connection, {
      method: request.method ?? 'GET',
      path,
      headers: { Host: url.host, Connection: 'close' },
      signal,
    });
    const type = result.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'text/plain';
    return finish(request, response, result.status, result.body, type);
  } catch (error) {
    if (process.signal.aborted || !(error instanceof SystemError || signal.aborted)) throw error;
    if (signal.aborted)
      return fail(504, 'upstream timed out (110: Connection timed out) while connecting to upstream');
    return fail(
      502,
      error instanceof HttpError
        ? 'upstream prematurely closed connection'
        : `connect() failed (111: ${error instanceof SystemError ? error.text : ''}) while connecting to upstream`,
    );
  }
}

function finish(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type: string,
  more: Readonly<Record<string, string>> = {},
): number {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.setHeader('Date', new Date().toUTCString());
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', bytes.length);
  for (const [name, value] of Object.entries({ Connection: connectionHeader(response), ...more })) {
    response.setHeader(name, value);
  }
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return bytes.length;
}

function connectionHeader(response: ServerResponse): string {
  return response.shouldKeepAlive ? 'keep-alive' : 'close';
}

function errorPage(status: number, title: string, text?: string): string {
  const said = text === undefined ? '' : `<center>${text}</center>\r\n`;
  return `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n${said}<hr><center>${version}</center>\r\n</body>\r\n</html>\r\n`;
}

function rawError(status: number, title: string, text?: string): string {
  const body = errorPage(status, title, text);
  return `HTTP/1.1 ${status} ${title}\r\nServer: ${version}\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
}

/** `2025/10/10 13:55:36`. */
function errorTime(): string {
  return new Date().toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
