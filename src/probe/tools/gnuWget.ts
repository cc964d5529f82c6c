import type { CheckTarget } from '../check.ts';
import { answered, decidingLine, reading, type Finished, type Reading } from '../reading.ts';
import type { Reason } from '../reason.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { firstHttpStatus } from './httpStatus.ts';
import { systemError } from './systemError.ts';

/**
 * GNU wget's answer: exit code 0, 8 = an HTTP error, 5 = TLS, 4 = every other fault of the network, told by its
 * words (measured with 1.21). 124 is `timeout`'s.
 */
export function readGnuWget(finished: Finished, target: CheckTarget): Reading {
  const { stderr } = finished;
  const status = firstHttpStatus(stderr);
  const connected = /^Connecting to .*\.\.\. connected\.$/m.test(stderr);
  const reason = decide(finished, target, status, connected);
  const words =
    status === undefined
      ? /^(?:wget: |Resolving |Connecting to |HTTP request sent|Unable to establish)|No headers/
      : new RegExp(`^HTTP/\\S+ ${status}`);
  return reading('wget', reason, decidingLine(stderr, words), {
    httpStatus: status ?? null,
    remoteIp: connected ? (addressIn(stderr) ?? null) : null,
  });
}

function decide(
  finished: Finished,
  target: CheckTarget,
  status: number | undefined,
  connected: boolean,
): Reason {
  const { exitCode, stdout, stderr } = finished;
  if (exitCode === 0 && `${stdout}${stderr}`.trim() === '') return 'no-output';
  if (target.scheme === 'tcp' && connected) return 'tcp-open';
  if (status !== undefined) {
    const cutOff = timeIsUp(finished) || /Read error at byte \d+.* \(Connection timed out\)/.test(stderr);
    return cutOff ? 'http-unfinished' : answered(status);
  }
  if (timeIsUp(finished)) return connected ? 'silent' : stepWhereTimeRanOut(stderr);
  if (connected && /No headers, assuming HTTP\/0\.9|^Length: unspecified$/m.test(stderr)) return 'not-http';
  switch (exitCode) {
    case 0:
      return stderr.includes("' saved [") && connected ? 'not-http' : 'lost-exit-code';
    case 4:
      return connected ? afterConnecting(stderr) : beforeConnecting(stderr);
    case 5:
      return 'tls-failed';
    default:
      return commonEnding(finished) ?? 'tool-failed';
  }
}

function beforeConnecting(stderr: string): Reason {
  if (stderr.includes('unable to resolve host address')) {
    const error = systemError(stderr);
    if (error === 'name-unknown') return error;
    return error === 'no-reply' ? 'name-timeout' : 'name-server-failed';
  }
  return systemError(stderr) ?? 'tool-failed';
}

function afterConnecting(stderr: string): Reason {
  const error = systemError(stderr);
  if (error === 'reset') return error;
  if (error === 'no-reply') return 'silent';
  if (/Unable to establish SSL connection|SSL|GnuTLS/.test(stderr)) return 'tls-failed';
  return stderr.includes('No data received') ? 'closed-without-answer' : 'tool-failed';
}

function stepWhereTimeRanOut(stderr: string): Reason {
  if (stderr.includes('Connecting to ')) return 'no-reply';
  return stderr.includes('Resolving ') ? 'name-timeout' : 'no-reply-or-silent';
}

/** From `Connecting to 10.0.0.1:80... connected.` or `Connecting to name (name)|10.0.0.1|:80... connected.` */
function addressIn(stderr: string): string | undefined {
  const line = /^Connecting to (.*)\.\.\. connected\.$/m.exec(stderr)?.[1] ?? '';
  return /\|([0-9a-fA-F.:]+)\|/.exec(line)?.[1] ?? /^\[?([0-9a-fA-F.:]+?)\]?:\d+$/.exec(line)?.[1];
}
