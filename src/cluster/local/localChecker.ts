import { CancelledError } from '../../base/cancellation.ts';
import { limitsOf, recordOf } from '../../probe/attempt.ts';
import type { CheckTarget, LocalChecker } from '../../probe/check.ts';
import type { Limits, Reading } from '../../probe/reading.ts';
import { askDns } from './dns.ts';
import { askHttp } from './http.ts';
import { askTcp } from './tcp.ts';
import { askUdp } from './udp.ts';

/** Asks from this machine: no exec, no kubectl, and no proxy. */
export function createLocalChecker(now: () => number = Date.now): LocalChecker {
  return {
    async check(target, request, signal) {
      if (signal.aborted) throw new CancelledError();
      const startedAt = new Date(now()).toISOString();
      const reading = await ask(target, limitsOf(request), signal);
      const output = reading.detail === '' ? '' : `${reading.detail}\n`;
      return recordOf({ from: 'outside', target }, startedAt, {
        reading,
        command: [],
        exitCode: null,
        output,
      });
    },
  };
}

function ask(target: CheckTarget, limits: Limits, signal: AbortSignal): Promise<Reading> {
  switch (target.scheme) {
    case 'http':
    case 'https':
      return askHttp(target, limits, signal);
    case 'tcp':
      return askTcp(target, limits, signal);
    case 'udp':
      return askUdp(target, limits, signal);
    case 'dns':
      return askDns(target, limits, signal);
  }
}
