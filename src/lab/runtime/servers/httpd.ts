import type { IncomingMessage, ServerResponse } from 'node:http';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { accessLine } from './accessLog.ts';
import { findDocument } from './files.ts';
import { listenHttp } from './httpServer.ts';
import { logLine, serveUntilEnd } from './serving.ts';

const version = 'Apache/2.4.65 (Unix)';

interface Configuration {
  readonly listen: readonly { address: string; port: number }[];
  readonly documentRoot: string;
  readonly index: readonly string[];
}

/** The Apache HTTP server of the httpd image: `Listen`, `DocumentRoot` and `DirectoryIndex` of its configuration. */
export async function httpd(process: Process): Promise<number> {
  const configuration = readConfiguration(process);
  const badRequest = page(
    400,
    'Bad Request',
    'Your browser sent a request that this server could not understand.<br />',
  );
  const listeners: { close: () => void }[] = [];
  for (const { address, port } of configuration.listen) {
    try {
      listeners.push(
        listenHttp(process.kernel.network, {
          address,
          port,
          program: 'httpd',
          badRequest: { plainOnTls: '', garbage: rawAnswer(400, 'Bad Request', badRequest) },
          handle: (request, response) => answer(process, configuration, request, response),
        }),
      );
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      for (const listener of listeners) listener.close();
      const where = `${address === '::' ? '[::]' : address}:${port}`;
      await process.printError(
        `(98)${error.text}: AH00072: make_sock: could not bind to address ${where}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
      );
      return 1;
    }
  }
  const host = process.kernel.network.addresses()[0] ?? '127.0.1.1';
  await process.printError(
    `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${host}. Set the 'ServerName' directive globally to suppress this message\n` +
      `[${apacheTime()}] [mpm_event:notice] [pid ${process.pid}:tid ${process.pid}] AH00489: ${version} configured -- resuming normal operations\n` +
      `[${apacheTime()}] [core:notice] [pid ${process.pid}:tid ${process.pid}] AH00094: Command line: 'httpd -D FOREGROUND'\n`,
  );
  return serveUntilEnd(process, listeners);
}

function readConfiguration(process: Process): Configuration {
  const path = '/usr/local/apache2/conf/httpd.conf';
  const text = Buffer.from(process.files.readFile(path)).toString();
  const values = (name: string): string[] =>
    [...text.matchAll(new RegExp(`^\\s*${name}\\s+(.*?)\\s*$`, 'gim'))].map((match) =>
      (match[1] ?? '').replaceAll('"', ''),
    );
  const listen = values('Listen').map((value) => {
    const [, address, port = '80'] = /^(?:(.+):)?(\d+)/.exec(value) ?? [];
    return { address: address ?? '::', port: Number(port) };
  });
  return {
    listen,
    documentRoot: values('DocumentRoot').at(-1) ?? '/usr/local/apache2/htdocs',
    index: (values('DirectoryIndex').at(-1) ?? 'index.html').split(/\s+/),
  };
}

function answer(
  process: Process,
  configuration: Configuration,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const found = findDocument(
    process.files,
    configuration.documentRoot,
    request.url ?? '/',
    configuration.index,
    'text/plain',
  );
  response.setHeader('Date', new Date().toUTCString());
  response.setHeader('Server', version);
  let status = 200;
  let body: Uint8Array;
  if (found.kind === 'file') {
    response.setHeader('Last-Modified', found.modified.toUTCString());
    response.setHeader(
      'ETag',
      `"${found.bytes.length.toString(16)}-${found.modified.getTime().toString(16)}"`,
    );
    response.setHeader('Accept-Ranges', 'bytes');
    body = found.bytes;
    response.setHeader('Content-Length', body.length);
    response.setHeader('Content-Type', found.type);
  } else {
    status = found.kind === 'missing' ? 404 : found.kind === 'redirect' ? 301 : 403;
    const texts = {
      missing: ['Not Found', 'The requested URL was not found on this server.'],
      redirect: ['Moved Permanently', 'The document has moved.'],
      forbidden: ['Forbidden', "You don't have permission to access this resource."],
    } as const;
    const [title, text] = texts[found.kind];
    if (found.kind === 'redirect') response.setHeader('Location', `${request.url ?? ''}/`);
    response.setHeader('Content-Type', 'text/html; charset=iso-8859-1');
    body = Buffer.from(page(status, title, text));
  }
  response.setHeader('Content-Length', body.length);
  // Apache says nothing about keeping the connection, since HTTP/1.1 does by itself.
  if (response.shouldKeepAlive) response.removeHeader('Connection');
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : body);
  logLine(process, 1, accessLine(request, status, body.length, false));
}

function page(status: number, title: string, text: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`;
}

function rawAnswer(status: number, title: string, body: string): string {
  return `HTTP/1.1 ${status} ${title}\r\nDate: ${new Date().toUTCString()}\r\nServer: ${version}\r\nContent-Length: ${body.length}\r\nConnection: close\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n${body}`;
}

/** `Sat Nov 01 12:00:00.000000 2025`. */
function apacheTime(): string {
  const now = new Date();
  const [day = '', date = '', month = '', year = ''] = now.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${now.toISOString().slice(11, 23)}000 ${year}`;
}
