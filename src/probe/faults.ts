import { oneLine } from '../base/hostileText.ts';
import type { ExecOutcome } from './exec.ts';
import type { Reason } from './reason.ts';

export interface Fault {
  readonly reason: Reason;
  readonly message: string;
}

/** What an exec that did not run to its end says: never anything about the network that was asked about. */
export function faultOf(outcome: Exclude<ExecOutcome, { readonly is: 'exited' | 'program-missing' }>): Fault {
  switch (outcome.is) {
    case 'refused':
      return { reason: 'exec-refused', message: oneLine(`${outcome.message} (HTTP ${outcome.httpStatus})`) };
    case 'transport-failed':
      return { reason: 'exec-failed', message: oneLine(outcome.message) };
    case 'no-status':
      return { reason: 'exec-no-status', message: oneLine(outcome.message) };
    case 'timed-out':
      return { reason: 'exec-timed-out', message: '' };
  }
}
