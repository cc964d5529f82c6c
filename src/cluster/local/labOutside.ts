import { limitsOf, recordOf } from '../../probe/attempt.ts';
import type { LocalChecker } from '../../probe/check.ts';
import { answered, noTimings, reading } from '../../probe/reading.ts';
import type { Reason } from '../../probe/reason.ts';
import { text } from '../../model/json.ts';
import type { ClusterClient } from '../transport/client.ts';

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
 * Asks from outside of a simulated cluster, whose addresses this machine's network does not have: the practice lab
 * makes the connection in its own world.
 */
export function createLabOutside(client: ClusterClient, now: () => number = Date.now): LocalChecker {
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
