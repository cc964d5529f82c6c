import { messageOf } from '../../base/errors.ts';
import { connectErrors } from '../../probe/connectErrors.ts';
import type { Reason } from '../../probe/reason.ts';

/** What an error of a socket, the resolver or TLS says. */
export function reasonOfError(error: unknown, connected: boolean): Reason {
  const code = codeOf(error);
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return messageOf(error) === 'socket hang up' ? 'closed-without-answer' : 'reset';
  }
  if (code.startsWith('HPE_')) return 'not-http';
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/.test(code)) return 'tls-failed';
  return connected ? 'closed-without-answer' : 'tool-failed';
}

const reasons: ReadonlyMap<string, Reason> = new Map([
  ...connectErrors,
  ['ENOTFOUND', 'name-unknown'],
  ['EAI_AGAIN', 'name-server-failed'],
  ['EAI_FAIL', 'name-server-failed'],
]);

/** Several addresses were tried: the first one's error stands for all. */
function codeOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
}

/** `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1`, without the code twice. */
export function wordsOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return messageOf(inner);
}
