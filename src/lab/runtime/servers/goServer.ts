import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { listenHttp, type HttpHandler, type HttpListenerOptions } from './httpServer.ts';

const garbage =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request';

/** What Go's HTTP servers answer to what they cannot read. */
export const goBadRequest: HttpListenerOptions['badRequest'] = {
  garbage,
  plainOnTls: 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
};

/** Opens a Go program's HTTP port, or says in Go's words why it cannot. */
export async function listenGo(
  process: Process,
  port: number,
  program: string,
  handle: HttpHandler,
  tls = false,
): Promise<{ close: () => void } | undefined> {
  try {
    return listenHttp(process.kernel.network, {
      address: '::',
      port,
      program,
      badRequest: goBadRequest,
      handle,
      tls,
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await process.printError(`listen tcp :${port}: bind: ${error.text.toLowerCase()}\n`);
    return undefined;
  }
}

/** Reads Go's flags: `-name=value`, `--name value`. */
export function goFlags(args: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const match = /^--?([\w-]+)(?:=([^]*))?$/.exec(args[index] ?? '');
    if (match === null) continue;
    const next = args[index + 1];
    const value = match[2] ?? (next !== undefined && !next.startsWith('-') ? args[++index] : 'true');
    flags.set(match[1] ?? '', value ?? '');
  }
  return flags;
}
