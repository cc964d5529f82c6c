import { isIpAddress } from '../address.ts';
import type { CheckTarget } from '../check.ts';
import { decidingLine, reading, type Finished, type Probe, type Reading } from '../reading.ts';
import type { Reason } from '../reason.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { systemError } from './systemError.ts';

/**
 * A second look after BusyBox wget ran out of time, which does not say whether the connection had opened. nc waits
 * at most `-w` for the connection and then, some builds for ever, for the server: `timeout` ends that.
 */
export const nc: Probe = {
  tool: 'nc',
  programs: ['timeout', 'nc'],
  command: (target, limits) => [
    ...['timeout', String(limits.connect + 2)],
    ...['nc', '-w', String(limits.connect), target.host, String(target.port)],
  ],
  read,
};

function read(finished: Finished, target: CheckTarget): Reading {
  return reading('nc', decide(finished, target), decidingLine(finished.stderr));
}

function decide(finished: Finished, target: CheckTarget): Reason {
  const { exitCode, stdout, stderr } = finished;
  const open: Reason = target.scheme === 'tcp' ? 'tcp-open' : 'silent';
  if (stdout !== '') return open;
  // BusyBox ends with 0 when the server closed, and also when that kept silent.
  if (exitCode === 0) return stderr.trim() === '' ? open : 'lost-exit-code';
  if (timeIsUp(finished)) return isIpAddress(target.host) ? open : 'no-reply-or-silent';
  // Some builds fail without a word. This is a second look: that it ran out of time is known.
  if (stderr.includes('timed out') || (exitCode === 1 && stderr === '')) return 'no-reply';
  if (stderr.includes('bad address')) return 'name-not-resolved';
  return commonEnding(finished) ?? systemError(stderr) ?? 'tool-failed';
}
