import { isIpAddress } from '../address.ts';
import type { CheckTarget } from '../check.ts';
import { answered, decidingLine, reading, type Finished, type Reading } from '../reading.ts';
import type { Reason } from '../reason.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { firstHttpStatus } from './httpStatus.ts';
import { systemError } from './systemError.ts';

/** BusyBox says `Connecting to HOST (ADDRESS:PORT)`, has no time stamps, and crashes where GNU does not. */
export function speaksAsBusybox({ exitCode, stderr }: Finished): boolean {
  if (/^--\d{4}-\d\d-\d\d |^Resolving |^GNU Wget/m.test(stderr)) return false;
  if (/BusyBox|^Connecting to \S+ \(\S+\)|^wget: |^saving to /m.test(stderr)) return true;
  return exitCode === 139 || exitCode === 143;
}

/** BusyBox wget's answer: 1 for every fault, told by its words (its networking/wget.c, measured with 1.35). */
export function readBusyboxWget(finished: Finished, target: CheckTarget): Reading {
  const { stderr } = finished;
  const status = firstHttpStatus(stderr);
  const reason = decide(finished, target, status);
  const answeredAtAll = status !== undefined || reason === 'tcp-open';
  return reading(
    'busybox-wget',
    reason,
    decidingLine(stderr, /^(?:wget: (?!error getting response$)|HTTP\/)/),
    {
      httpStatus: status ?? null,
      remoteIp: answeredAtAll
        ? (/^Connecting to \S+ \(\[?([0-9a-fA-F.:]+?)\]?:\d+\)/m.exec(stderr)?.[1] ?? null)
        : null,
    },
  );
}

/** Words that can only follow an open connection. */
const afterConnecting =
  /bad header line|error getting response|connection closed prematurely|server returned error|short read|TLS (?:error|record)|content-length .* is garbage/;

/** With -S every line the server sent is indented: one that came before any status line is no HTTP. */
const foreignLine = /^ {2}\S/m;

function decide(finished: Finished, target: CheckTarget, status: number | undefined): Reason {
  const { exitCode, stdout, stderr } = finished;
  if (exitCode === 0 && `${stdout}${stderr}`.trim() === '') return 'no-output';
  if (target.scheme === 'tcp' && (status !== undefined || afterConnecting.test(stderr))) return 'tcp-open';
  if (status !== undefined) {
    const cutOff = timeIsUp(finished) || /saving to [^]*download timed out/.test(stderr);
    return cutOff ? 'http-unfinished' : answered(status);
  }
  if (exitCode === 0) return /^wget: /m.test(stderr) ? 'lost-exit-code' : 'no-output';
  if (timeIsUp(finished)) {
    // It says where it connects to once it knows the address.
    return stderr.includes('Connecting to ') || isIpAddress(target.host)
      ? 'no-reply-or-silent'
      : 'name-timeout';
  }
  const words = commonEnding(finished);
  if (words !== undefined) return words;
  if (stderr.includes('bad address')) return 'name-not-resolved';
  if (stderr.includes('download timed out'))
    return stderr.includes('short read') ? 'silent' : 'no-reply-or-silent';
  if (/TLS (?:error|record)|ssl_client|SSL/i.test(stderr)) return 'tls-failed';
  if (stderr.includes('bad header line') || foreignLine.test(stderr)) return 'not-http';
  if (stderr.includes('error getting response')) {
    return systemError(stderr) === 'reset' ? 'reset' : 'closed-without-answer';
  }
  if (stderr.includes("can't connect to remote host")) return systemError(stderr) ?? 'could-not-connect';
  return 'tool-failed';
}
