import { escapeHtml } from './html.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { logTime } from './accessLog.ts';
import { findDocument } from './files.ts';
import { listenHttp } from './httpServer.ts';
import { logLine, serveUntilEnd } from './serving.ts';

export interface StaticServerOptions {
  readonly port: number;
  readonly address: string;
  readonly directory: string;
  /** As it says in `Server` and in the process list. */
  readonly name: string;
  readonly program: string;
  readonly greeting: string;
}

/** A small file server, as `python3 -m http.server` and `busybox httpd` are. @throws SystemError EADDRINUSE */
export async function serveDirectory(process: Process, options: StaticServerOptions): Promise<number> {
  const listener = listenHttp(process.kernel.network, {
    address: options.address,
    port: options.port,
    program: options.program,
    badRequest: { plainOnTls: '', garbage: 'HTTP/1.0 400 Bad request\r\nConnection: close\r\n\r\n' },
    handle: (request, response) => {
      const found = findDocument(
        process.files,
        options.directory,
        request.url ?? '/',
        ['index.html', 'index.htm'],
        'application/octet-stream',
      );
      const listing =
        found.kind === 'forbidden'
          ? directoryListing(process, options.directory, request.url ?? '/')
          : undefined;
      const body =
        found.kind === 'file'
          ? found.bytes
          : Buffer.from(
              listing ?? '<h1>Error response</h1><p>Error code: 404</p><p>Message: File not found.</p>\n',
            );
      const status =
        found.kind === 'file' || listing !== undefined ? 200 : found.kind === 'redirect' ? 301 : 404;
      if (found.kind === 'redirect') response.setHeader('Location', `${request.url ?? ''}/`);
      response.writeHead(status, {
        Server: options.name,
        'Content-type': found.kind === 'file' ? found.type : 'text/html; charset=utf-8',
        'Content-Length': body.length,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
      logLine(
        process,
        2,
        `${request.socket.remoteAddress ?? ''} - - [${logTime(new Date()).replace(' +0000', '').replace(':', ' ')}] "${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}" ${status} -\n`,
      );
    },
  });
  if (options.greeting !== '') await process.print(options.greeting);
  return serveUntilEnd(process, [listener]);
}

function directoryListing(process: Process, root: string, url: string): string | undefined {
  const path = `${root}${url.split('?', 1)[0] ?? ''}`;
  try {
    const items = process.files
      .list(process.absolute(path))
      .map((name) => `<li><a href="${escapeHtml(encodeURIComponent(name))}">${escapeHtml(name)}</a></li>`);
    const title = `Directory listing for ${escapeHtml(url)}`;
    return `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items.join('\n')}\n</ul>\n<hr>\n</body>\n</html>\n`;
  } catch (error) {
    if (error instanceof SystemError) return undefined;
    throw error;
  }
}
