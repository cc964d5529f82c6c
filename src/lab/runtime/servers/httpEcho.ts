import type { Process } from '../system/process.ts';
import { goFlags, listenGo } from './goServer.ts';
import { logLine, serveUntilEnd } from './serving.ts';

/** hashicorp/http-echo: one text for every request. `-text`, `-listen`, `-status-code`. */
export async function httpEcho(process: Process): Promise<number> {
  const flags = goFlags(process.argv.slice(1));
  const text = flags.get('text') ?? process.environment.get('ECHO_TEXT');
  if (text === undefined) {
    await process.printError('Missing -text option!\n');
    return 127;
  }
  const port = Number(/:(\d+)$/.exec(flags.get('listen') ?? ':5678')?.[1] ?? 5678);
  const status = Number(flags.get('status-code') ?? 200);
  const listener = await listenGo(process, port, 'http-echo', (request, response) => {
    const body = `${text}\n`;
    response.writeHead(status, {
      'X-App-Name': 'http-echo',
      'X-App-Version': '1.0.0',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    logLine(
      process,
      1,
      `${new Date().toISOString()} ${request.headers.host ?? ''} ${request.socket.remoteAddress ?? ''} "${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}" ${status} ${Buffer.byteLength(body)} "${request.headers['user-agent'] ?? ''}"\n`,
    );
  });
  if (listener === undefined) return 1;
  await process.print(`${new Date().toISOString()} [INFO] server is listening on :${port}\n`);
  return serveUntilEnd(process, [listener]);
}
