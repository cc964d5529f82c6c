/** Writing of answers. */
import type { ServerResponse } from 'node:http';
import type { Status } from '../api/errors.ts';
import { StatusError } from '../api/errors.ts';

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
  const text = typeof answer.body === 'string' ? answer.body : `${JSON.stringify(answer.body)}\n`;
  response.statusCode = answer.code;
  response.setHeader('Content-Type', answer.contentType ?? 'application/json');
  response.setHeader('Cache-Control', 'no-cache, private');
  if (answer.warnings && answer.warnings.length > 0) {
    response.setHeader('Warning', answer.warnings.map(warningHeader));
  }
  response.end(text);
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
