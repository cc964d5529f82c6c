import { isOutside } from '../../network/addresses.ts';
import { certificateProblem } from '../../network/certificates.ts';
import type { Connection } from '../../network/connection.ts';
import { httpRequest, HttpError, type HttpResponse } from '../../network/httpClient.ts';
import { resolveHost } from '../../network/resolver.ts';
import { SystemError } from '../../system/errors.ts';
import type { Process } from '../../system/process.ts';
import type { CurlOptions } from './options.ts';
import { Deadline } from '../../system/wait.ts';

/** Why a transfer failed: curl's exit code and text. */
export class CurlError extends Error {
  override readonly name = 'CurlError';
  readonly code: number;
  /** The lab's own word, printed after curl's. */
  readonly note: string | undefined;
  readonly received: Buffer;

  constructor(code: number, message: string, options: { note?: string | undefined; received?: Buffer } = {}) {
    super(message);
    this.code = code;
    this.note = options.note;
    this.received = options.received ?? Buffer.alloc(0);
  }
}

/** What is known of a transfer while it runs; times in milliseconds since its start. */
export interface Progress {
  readonly started: number;
  nameLookup: number;
  connect: number;
  appConnect: number;
  connection: Connection | undefined;
  connects: number;
}

export interface Target {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** As the `Host` header has it. */
  readonly authority: string;
  readonly href: string;
}

/** Reads a URL as curl does: the scheme may be missing, a port must be a number. @throws CurlError 1 or 3 */
export function readUrl(text: string): Target {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const scheme = (withScheme.split('://', 1)[0] ?? '').toLowerCase();
  if (!['http', 'https', 'telnet'].includes(scheme))
    throw new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`);
  const port = /^[^/?#]*:\/\/[^/?#]*:(\d*)(?=[/?#]|$)/.exec(withScheme)?.[1];
  if (port !== undefined && Number(port) > 65_535)
    throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  let url: URL;
  try {
    url = new URL(withScheme.replace(/^telnet:/i, 'http:'));
  } catch {
    throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  }
  const byDefault = scheme === 'https' ? 443 : scheme === 'telnet' ? 23 : 80;
  // URL drops the default port of its scheme; what was written counts for the header.
  const number = port === undefined || port === '' ? byDefault : Number(port);
  // A host is asked for as it was written, with its last dot.
  const written = /:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/.exec(withScheme)?.[1] ?? url.hostname;
  const shown = number === (scheme === 'https' ? 443 : 80) ? written : `${written}:${number}`;
  const path = `${url.pathname}${url.search}`;
  return {
    scheme,
    host: written.replace(/^\[|\]$/g, ''),
    port: number,
    path,
    authority: shown,
    href: `${scheme}://${shown}${path}`,
  };
}

/** The time limits of one transfer. */
export class Limits {
  private readonly overall: Deadline;

  constructor(process: Process, options: CurlOptions) {
    this.overall = new Deadline(options.maxTime, process.signal);
  }

  get signal(): AbortSignal {
    return this.overall.signal;
  }

  get expired(): boolean {
    return this.overall.expired;
  }

  /** The limit for resolving and connecting, counted from the transfer's start. */
  connecting(options: CurlOptions, progress: Progress): Deadline {
    const left = Math.max(1, options.connectTimeout - (performance.now() - progress.started));
    return new Deadline(left, this.signal);
  }

  end(): void {
    this.overall.end();
  }
}

/** Resolves, connects and, for HTTPS, shakes hands later: the connection and how it came about. @throws CurlError */
export async function connect(
  process: Process,
  options: CurlOptions,
  target: Target,
  progress: Progress,
  limits: Limits,
  say: (line: string) => Promise<void>,
): Promise<Connection> {
  const limit = limits.connecting(options, progress);
  const { signal } = limit;
  const expired = (): boolean => limit.expired || limits.expired;
  const elapsed = (): number => Math.floor(performance.now() - progress.started);
  const pinned = options.resolve.get(`${target.host.toLowerCase()}:${target.port}`);
  const family = options.flags.has('ipv4') ? 4 : options.flags.has('ipv6') ? 6 : 0;
  let addresses: readonly string[];
  let note: string | undefined;
  if (pinned !== undefined) addresses = pinned.split(',');
  else {
    const resolved = await resolveWithin(process, target.host, family, signal, expired, elapsed);
    if (resolved.kind !== 'found') {
      throw new CurlError(6, `Could not resolve host: ${target.host}`, { note: resolved.note });
    }
    ({ addresses } = resolved);
  }
  progress.nameLookup = performance.now() - progress.started;
  for (const address of addresses) {
    await say(`  Trying ${address.includes(':') ? `[${address}]` : address}:${target.port}...`);
    if (isOutside(address)) note = `practice lab: ${address} is outside of the lab, which has no internet.`;
    try {
      const connection = await process.kernel.network.connect(address, target.port, signal);
      progress.connect = performance.now() - progress.started;
      progress.connection = connection;
      progress.connects++;
      limit.end();
      await say(`Connected to ${target.host} (${address}) port ${target.port} (#0)`);
      return connection;
    } catch (error) {
      if (process.signal.aborted) throw error;
      if (expired()) {
        const said = limits.expired
          ? `Connection timed out after ${elapsed()} milliseconds`
          : `Failed to connect to ${target.host} port ${target.port} after ${elapsed()} ms: Timeout was reached`;
        throw new CurlError(28, said, { note });
      }
      if (!(error instanceof SystemError)) throw error;
      await say(`connect to ${address} port ${target.port} failed: ${error.text}`);
    }
  }
  throw new CurlError(
    7,
    `Failed to connect to ${target.host} port ${target.port} after ${elapsed()} ms: Couldn't connect to server`,
    { note },
  );
}

async function resolveWithin(
  process: Process,
  host: string,
  family: 0 | 4 | 6,
  signal: AbortSignal,
  expired: () => boolean,
  elapsed: () => number,
): ReturnType<typeof resolveHost> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(new CurlError(28, `Resolving timed out after ${elapsed()} milliseconds`)),
      { once: true },
    );
  });
  try {
    return await Promise.race([resolveHost(process, host, family), aborted]);
  } catch (error) {
    if (expired() || !process.signal.aborted) throw error;
    throw process.signal.reason;
  }
}

/** Sends the request and reads the answer. @throws CurlError */
export async function exchange(
  connection: Connection,
  request: {
    options: CurlOptions;
    target: Target;
    method: string;
    headers: Record<string, string>;
    body: string | undefined;
    /** PEM: whom curl trusts. */
    authorities: string;
  },
  progress: Progress,
  limits: Limits,
): Promise<HttpResponse> {
  const { options, target } = request;
  const tls = target.scheme === 'https';
  try {
    const response = await httpRequest(connection, {
      method: request.method,
      path: target.path,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: Buffer.from(request.body) }),
      tls,
      ...(options.flags.has('insecure')
        ? {}
        : {
            certificateProblem: (shown: string) =>
              certificateProblem(shown, target.host, request.authorities),
          }),
      signal: limits.signal,
    });
    if (tls) progress.appConnect = progress.connect;
    return response;
  } catch (error) {
    if (limits.expired) {
      throw new CurlError(
        28,
        `Operation timed out after ${Math.floor(performance.now() - progress.started)} milliseconds with 0 bytes received`,
      );
    }
    if (error instanceof HttpError) throw describe(error, tls, target);
    if (error instanceof SystemError)
      throw new CurlError(tls ? 35 : 56, `Recv failure: ${new SystemError('ECONNRESET').text}`);
    throw error;
  }
}

const certificateAdvice =
  '\nMore details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.';

function describe(error: HttpError, tls: boolean, target: Target): CurlError {
  switch (error.problem) {
    case 'tls':
      return new CurlError(35, 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number');
    case 'certificate':
      return new CurlError(60, `${error.received.toString()}${certificateAdvice}`);
    case 'reset':
      return tls
        ? new CurlError(
            35,
            `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${target.host}:${target.port} `,
          )
        : new CurlError(56, `Recv failure: ${new SystemError('ECONNRESET').text}`);
    case 'empty':
      return new CurlError(52, 'Empty reply from server');
    case 'not-http':
      return new CurlError(1, 'Received HTTP/0.9 when not allowed', { received: error.received });
    case 'incomplete':
      return new CurlError(18, 'transfer closed with outstanding read data remaining', {
        received: error.received,
      });
  }
}
