import type { CheckTarget } from '../check.ts';
import { decidingLine, reading, type Finished, type Probe, type Reading } from '../reading.ts';
import type { Reason } from '../reason.ts';
import { isIpAddress } from '../address.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { systemError } from './systemError.ts';

/** bash opens `/dev/tcp/HOST/PORT` itself; host and port come as $0 and $1. Assigning LC_ALL takes effect at once. */
const connect = 'LC_ALL=C; exec 3<>/dev/tcp/$0/$1 && echo open';

/** The same where there is no `timeout`: bash waits on a pipe of its own and then ends the attempt. */
const connectWithWatchdog = [
  'LC_ALL=C',
  '( exec 3<>/dev/tcp/$0/$1 && echo open ) & probe=$!',
  '( exec 4<> <(:); read -r -t "$2" -u 4; kill -9 "$probe" 2>/dev/null ) >/dev/null 2>&1 & watchdog=$!',
  'wait "$probe" 2>/dev/null; code=$?',
  'kill -9 "$watchdog" 2>/dev/null; wait "$watchdog" 2>/dev/null',
  '[[ $code = 137 ]] && exit 124',
  'exit "$code"',
].join('\n');

export const bash: Probe = {
  tool: 'bash',
  programs: ['timeout', 'bash'],
  command: (target, limits) => [
    ...['timeout', String(limits.connect + 1)],
    ...['bash', '-c', connect, target.host, String(target.port)],
  ],
  read,
};

export const bashWithoutTimeout: Probe = {
  tool: 'bash',
  programs: ['bash'],
  command: (target, limits) => [
    ...['bash', '-c', connectWithWatchdog, target.host, String(target.port), String(limits.connect + 1)],
  ],
  read,
};

/** Only whether the connection opened: bash says "open", or the system's words for why not. */
function read(finished: Finished, target: CheckTarget): Reading {
  return reading(
    'bash',
    decide(finished, target),
    decidingLine(finished.stderr, /: (?!Invalid argument$)[A-Z][^:]*$/) || decidingLine(finished.stdout),
  );
}

function decide(finished: Finished, target: CheckTarget): Reason {
  const { exitCode, stdout, stderr } = finished;
  if (exitCode === 0) {
    // stderr may hold a warning about a locale the image does not have.
    if (/^open$/m.test(stdout)) return systemError(stderr) === undefined ? 'tcp-open' : 'lost-exit-code';
    return stderr.trim() === '' ? 'no-output' : 'lost-exit-code';
  }
  if (stdout.trim() !== '') return commonEnding(finished) ?? 'tool-failed';
  // With a name, the time may have gone into looking it up: bash does not say.
  if (timeIsUp(finished)) return isIpAddress(target.host) ? 'no-reply' : 'no-reply-or-silent';
  return commonEnding(finished) ?? systemError(stderr) ?? 'tool-failed';
}
