import { limitsOf, recordOf } from '../../probe/attempt.ts';
import { isIpAddress } from '../../probe/address.ts';
import type { CheckTarget, LocalChecker } from '../../probe/check.ts';
import { answered, noTimings, reading } from '../../probe/reading.ts';
import type { Reason } from '../../probe/reason.ts';
import { text } from '../../model/json.ts';
import type { ClusterClient } from '../transport/client.ts';
import { createLocalChecker } from './localChecker.ts';

/** The lab's words for how a connection from outside ended. */
const reasons: Readonly<Record<string, Reason>> = {
  connected: 'tcp-open',
  refused: 'refused',
  'no-reply': 'no-reply',
  silent: 'silent',
  reset: 'reset',
  empty: 'closed-without-answer',
  'not-http': 'not-http',
  incomplete: 'http-unfinished',
  tls: 'tls-failed',
  certificate: 'tls-failed',
};

/**
 * Asks from outside of a cluster: from this machine, by sockets of its own. A simulated cluster's addresses are not
 * in this machine's network; there the practice lab makes the connection in its own world.
 * @param isPracticeLab asked at each check: it is known once the connection is.
 */
export function createOutsideChecker(
  client: ClusterClient,
  isPracticeLab: () => boolean | undefined,
): LocalChecker {
  const [local, lab] = [createLocalChecker(), createLabOutside(client)];
  return {
    check: (target, limits, signal) =>
      (isPracticeLab() === true && isAnswered(target) ? lab : local).check(target, limits, signal),
  };
}

/** What the lab makes from outside: TCP and HTTP to an address; it has no name server outside. */
function isAnswered({ scheme, host }: CheckTarget): boolean {
  return scheme !== 'dns' && scheme !== 'udp' && isIpAddress(host);
}

function createLabOutside(client: ClusterClient, now: () => number = Date.now): LocalChecker {
  return {
    async check(target, request, signal) {
      const startedAt = new Date(now()).toISOString();
      const limits = limitsOf(request);
      const answer = await client.json({
        path: '/podnet-lab/outside',
        query: [
          ['host', target.host],
          ['port', String(target.port)],
          ['scheme', target.scheme],
          ['path', target.path],
          ['connect', String(limits.connect)],
          ['total', String(limits.total)],
        ],
        signal,
      });
      const status = typeof answer.httpStatus === 'number' ? answer.httpStatus : null;
      const connect = typeof answer.connectMs === 'number' ? answer.connectMs : null;
      const said = text(answer.is);
      const reason = status === null ? (reasons[said] ?? 'tool-failed') : answered(status);
      return recordOf({ from: 'outside', target }, startedAt, {
        reading: reading('podnet', reason, said, {
          httpStatus: status,
          timingsMs: { ...noTimings, connect },
        }),
        command: [],
        exitCode: null,
        output: '',
      });
    },
  };
}
