import { SystemError } from '../system/errors.ts';
import { openConnection, send, type Connection } from './connection.ts';
import { clientHello, isServerHello, readServerHello } from './tls.ts';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** Sent in this order. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly tls?: boolean;
  /** With `tls`: says why the server's certificate (PEM) is not accepted; without it every one is. */
  readonly certificateProblem?: (certificate: string) => string | undefined;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly version: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What went wrong after the connection stood. */
export class HttpError extends SystemError {
  readonly problem: 'empty' | 'reset' | 'not-http' | 'tls' | 'certificate' | 'incomplete';
  /** What came instead, for `not-http`; the reason in words, for `certificate`. */
  readonly received: Buffer;

  constructor(problem: HttpError['problem'], received: Buffer = Buffer.alloc(0)) {
    super('EIO');
    this.problem = problem;
    this.received = received;
  }
}

/** One request and its answer over a connection, which is closed afterwards. @throws HttpError */
export async function httpRequest(connection: Connection, request: HttpRequest): Promise<HttpResponse> {
  const reader = new ResponseReader(connection, request.signal);
  try {
    if (request.tls === true) await handshake(connection, reader, request);
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    await send(connection, request.body ? Buffer.concat([head, request.body]) : head, request.signal);
    return await reader.response(request.method === 'HEAD');
  } finally {
    connection.destroy();
  }
}

async function handshake(
  connection: Connection,
  reader: ResponseReader,
  { signal, certificateProblem }: HttpRequest,
): Promise<void> {
  await send(connection, clientHello, signal);
  const answer = await reader.some();
  if (!isServerHello(answer)) throw new HttpError(answer.length === 0 ? 'reset' : 'tls', answer);
  const problem = certificateProblem?.(readServerHello(answer).certificate);
  if (problem !== undefined) throw new HttpError('certificate', Buffer.from(problem));
}

class ResponseReader {
  private readonly file: ReturnType<typeof openConnection>;
  private readonly signal: AbortSignal;
  private buffer: Buffer = Buffer.alloc(0);

  constructor(connection: Connection, signal: AbortSignal) {
    this.file = openConnection(connection);
    this.signal = signal;
  }

  /** The next bytes, whatever they are. */
  async some(): Promise<Buffer> {
    return Buffer.from(await this.file.read(65_536, this.signal));
  }

  async response(headOnly: boolean): Promise<HttpResponse> {
    for (;;) {
      const head = await this.head();
      const [statusLine = '', ...lines] = head.split(/\r?\n/);
      const [, version = '', code = '', reason = ''] =
        /^(HTTP\/[\d.]+) (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
      if (version === '') throw new HttpError('not-http', Buffer.from(head));
      const headers = lines
        .filter((line) => line.includes(':'))
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
      const status = Number(code);
      if (status >= 100 && status < 200) continue;
      const bodyless = headOnly || status === 204 || status === 304;
      return {
        status,
        reason,
        version,
        headers,
        body: bodyless ? Buffer.alloc(0) : await this.body(headers),
      };
    }
  }

  private async head(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end !== -1) {
        const head = this.buffer.subarray(0, end).toString('latin1');
        this.buffer = this.buffer.subarray(end + 4);
        return head;
      }
      if (this.buffer.length >= 5 && !this.buffer.toString('latin1').startsWith('HTTP/'))
        throw new HttpError('not-http', this.buffer);
      if (await this.more()) continue;
      if (this.buffer.length === 0) throw new HttpError('empty');
      throw new HttpError('not-http', this.buffer);
    }
  }

  private async body(headers: HttpResponse['headers']): Promise<Buffer> {
    const find = (name: string): string | undefined =>
      headers.find(([key]) => key.toLowerCase() === name)?.[1];
    if (find('transfer-encoding')?.toLowerCase() === 'chunked') return this.chunks();
    const length = find('content-length');
    const wanted = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    while (this.buffer.length < wanted) {
      if (await this.more()) continue;
      if (length !== undefined) throw new HttpError('incomplete', this.buffer);
      break;
    }
    return this.buffer.subarray(0, Math.min(wanted, this.buffer.length));
  }

  private async chunks(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      const size = parseInt(await this.line(), 16);
      while (this.buffer.length < size + 2) {
        if (!(await this.more())) throw new HttpError('incomplete', Buffer.concat(parts));
      }
      if (size === 0) return Buffer.concat(parts);
      parts.push(this.buffer.subarray(0, size));
      this.buffer = this.buffer.subarray(size + 2);
    }
  }

  private async line(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf('\r\n');
      if (end !== -1) {
        const line = this.buffer.subarray(0, end).toString('latin1');
        this.buffer = this.buffer.subarray(end + 2);
        return line;
      }
      if (!(await this.more())) throw new HttpError('incomplete');
    }
  }

  private async more(): Promise<boolean> {
    let bytes: Uint8Array;
    try {
      bytes = await this.file.read(65_536, this.signal);
    } catch (error) {
      if (error instanceof SystemError && error.code === 'ECONNRESET') throw new HttpError('reset');
      throw error;
    }
    if (bytes.length === 0) return false;
    this.buffer = Buffer.concat([this.buffer, bytes]);
    return true;
  }
}
