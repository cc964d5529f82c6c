import { hostAndPort, isIpAddress } from '../address.ts';
import type { CheckTarget } from '../check.ts';
import {
  answered,
  decidingLine,
  reading,
  type Finished,
  type Limits,
  type Probe,
  type Reading,
} from '../reading.ts';
import type { Reason } from '../reason.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { firstHttpStatus } from './httpStatus.ts';
import { systemError } from './systemError.ts';

/*
 * bash opens `/dev/tcp/HOST/PORT` itself. Everything comes as an argument: $0 host, $1 port, and for HTTP $2 path,
 * $3 host and port, $4 seconds. Assigning LC_ALL takes effect at once.
 */
const connect = 'exec 3<>/dev/tcp/$0/$1 && echo open';
const askHttp = [
  // bash writes line by line: a server that answers the first must not end us before its answer is read.
  "trap '' PIPE",
  `${connect} || exit`,
  String.raw`printf 'GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n' "$2" "$3" >&3`,
  'IFS= read -r -t "$4" line <&3; code=$?',
  String.raw`printf '%s\n' "$line"; exit "$code"`,
].join('; ');

const scriptFor = ({ scheme }: CheckTarget): string => (scheme === 'http' ? askHttp : connect);

function argumentsFor(target: CheckTarget, limits: Limits): readonly string[] {
  const { host, port, path, scheme } = target;
  if (scheme !== 'http') return [host, String(port)];
  return [host, String(port), path, hostAndPort(target), String(limits.total)];
}

/** A server that is only to be connected to need not be waited for. */
function bound({ scheme }: CheckTarget, limits: Limits): number {
  return scheme === 'http' ? limits.total : Math.min(limits.total, limits.connect + 1);
}

export const bash: Probe = {
  tool: 'bash',
  programs: ['timeout', 'bash'],
  command: (target, limits) => [
    ...['timeout', String(bound(target, limits))],
    ...['bash', '-c', `LC_ALL=C; ${scriptFor(target)}`, ...argumentsFor(target, limits)],
  ],
  read,
};

/** Where there is no `timeout`, bash waits on a pipe of its own and then ends the attempt. */
export const bashWithoutTimeout: Probe = {
  tool: 'bash',
  programs: ['bash'],
  command: (target, limits) => {
    const script = [
      'LC_ALL=C',
      `( ${scriptFor(target)} ) & probe=$!`,
      `( exec 4<> <(:); read -r -t ${bound(target, limits)} -u 4; kill -9 "$probe" 2>/dev/null ) >/dev/null 2>&1 & watchdog=$!`,
      'wait "$probe" 2>/dev/null; code=$?',
      'kill -9 "$watchdog" 2>/dev/null; wait "$watchdog" 2>/dev/null',
      '[[ $code = 137 ]] && exit 124',
      'exit "$code"',
    ];
    return ['bash', '-c', script.join('\n'), ...argumentsFor(target, limits)];
  },
  read,
};

/** "open" once connected, then the first line of an HTTP answer; or the system's words for why not. */
function read(finished: Finished, target: CheckTarget): Reading {
  const [, line = ''] = openAnd(finished.stdout);
  const words = decidingLine(finished.stderr, /: (?!Invalid argument$)[A-Z][^:]*$/);
  return reading('bash', decide(finished, target), line.trim() || words || decidingLine(finished.stdout), {
    httpStatus: firstHttpStatus(line) ?? null,
  });
}

/** Whether "open" is the first line, and the line after it; undefined where there is none. */
function openAnd(stdout: string): readonly [open: boolean, line: string | undefined] {
  const [first, line, ...rest] = stdout.split('\n');
  return [first === 'open', line === '' && rest.length === 0 ? undefined : line];
}

function decide(finished: Finished, target: CheckTarget): Reason {
  const { exitCode, stdout, stderr } = finished;
  const [open, line] = openAnd(stdout);
  if (!open) {
    if (exitCode === 0) return `${stdout}${stderr}`.trim() === '' ? 'no-output' : 'lost-exit-code';
    if (stdout.trim() !== '') return commonEnding(finished) ?? 'tool-failed';
    // With a name, the time may have gone into looking it up: bash does not say.
    if (timeIsUp(finished)) return isIpAddress(target.host) ? 'no-reply' : 'no-reply-or-silent';
    return commonEnding(finished) ?? systemError(stderr) ?? 'tool-failed';
  }
  if (target.scheme !== 'http') {
    if (exitCode !== 0) return commonEnding(finished) ?? 'tool-failed';
    // stderr may hold a warning about a locale the image does not have.
    return systemError(stderr) === undefined ? 'tcp-open' : 'lost-exit-code';
  }
  const status = firstHttpStatus(line ?? '');
  if (status !== undefined) return answered(status);
  if (line !== undefined && line.trim() !== '') return 'not-http';
  if (systemError(stderr) === 'reset') return 'reset';
  // `read` answers more than 128 when its time ran out, 1 at the end of the input.
  if (timeIsUp(finished) || exitCode === 142) return 'silent';
  if (exitCode === 1) return 'closed-without-answer';
  if (exitCode !== 0) return commonEnding(finished) ?? 'tool-failed';
  return line === undefined ? 'tcp-open' : 'lost-exit-code';
}
