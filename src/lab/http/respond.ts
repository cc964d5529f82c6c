/** Writing of answers. */
import type { ServerResponse } from 'node:http';
import type { Status } from '../api/errors.ts';
import { StatusError } from '../api/errors.ts';
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { envelope, protobufType, statusMessage } from '../protobuf/messages.ts';
import { prefersProtobuf } from './negotiate.ts';

export interface Answer {
  code: number;
  body: unknown;
  contentType?: string;
  warnings?: readonly string[];
}

/** One Warning header a text, in the form of RFC 7234 that kubectl reads. */
export function warningHeader(text: string): string {
  // Header values must not carry line breaks or other control characters.
  const clean = text.replace(/[^ -~]/g, '');
  return `299 - "${clean.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export function send(response: ServerResponse, answer: Answer): void {
  const { body } = answer;
  if (isStatus(body) && prefersProtobuf(response.req.headers.accept)) {
    const bytes = envelope('v1', 'Status', statusMessage(body));
    writeHead(response, { ...answer, contentType: protobufType });
    response.end(bytes);
    return;
  }
  writeHead(response, answer);
  const isReady = typeof body === 'string' || body instanceof Uint8Array;
  response.end(isReady ? body : `${JSON.stringify(body)}\n`);
}

function isStatus(body: unknown): body is JsonObject {
  return isObject(body) && body.kind === 'Status' && body.apiVersion === 'v1';
}

function writeHead(response: ServerResponse, { code, contentType, warnings }: Omit<Answer, 'body'>): void {
  response.statusCode = code;
  response.setHeader('Content-Type', contentType ?? 'application/json');
  response.setHeader('Cache-Control', 'no-cache, private');
  if (warnings && warnings.length > 0) response.setHeader('Warning', warnings.map(warningHeader));
}

/** So much is gathered before it is written. */
const pieceBytes = 64 << 10;

/** Sends a long answer piece by piece, as fast as the client reads; others are served meanwhile. */
export async function sendPieces(
  response: ServerResponse,
  contentType: string,
  pieces: Iterable<string | Uint8Array>,
): Promise<void> {
  writeHead(response, { code: 200, contentType });
  let waiting: Buffer[] = [];
  let size = 0;
  for (const piece of pieces) {
    const bytes =
      typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    waiting.push(bytes);
    size += bytes.length;
    if (size < pieceBytes) continue;
    const isRoom = response.write(Buffer.concat(waiting));
    waiting = [];
    size = 0;
    if (!isRoom) await untilDrained(response);
    if (response.destroyed) return;
  }
  response.end(Buffer.concat(waiting));
}

/** Resolves when the client has read, or is gone. */
function untilDrained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/** The Status to answer an error with; what is no StatusError is the lab's own fault: 500. */
export function statusOf(error: unknown): Status & { code: number } {
  if (error instanceof StatusError) return { ...error.status, code: error.status.code ?? 500 };
  const text = error instanceof Error ? error.message : String(error);
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${text}`,
    reason: 'InternalError',
    details: { causes: [{ message: text }] },
    code: 500,
  };
}

export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const status = statusOf(error);
  send(response, { code: status.code, body: status });
}
