import type { ContainerRef } from '../../model/terminal.ts';
import type { CheckRecord, CheckTarget } from '../../probe/check.ts';

/** What a check asks, and of which cluster: enough to make it again. */
export interface CheckQuestion {
  /** `outside`: this machine, by sockets of its own. */
  readonly from: ContainerRef | 'outside';
  readonly target: CheckTarget;
  /** The pod the target's address belongs to, if it is one. */
  readonly targetPod?: { readonly namespace: string; readonly name: string };
  /** What to know about the target beside the verdict; sentences that may hold hostile text. */
  readonly notes: readonly string[];
  /** A test of a shared volume: it cannot be made again without its question. */
  readonly volume?: string;
  readonly context: string;
  /** Whether the cluster says of itself that it is the practice lab. */
  readonly simulated: boolean;
}

/** Whether the check is of a connection, which can be explained; others are of a volume, or of a name. */
export function asksConnection({ volume, target }: CheckQuestion): boolean {
  return volume === undefined && target.scheme !== 'dns';
}

/** One line of the history. */
export type CheckEntry = RunningCheck | FinishedCheck;

export interface RunningCheck extends CheckQuestion {
  readonly is: 'running';
  readonly id: string;
  readonly cancel: () => void;
}

export interface FinishedCheck extends CheckQuestion {
  readonly is: 'finished';
  readonly id: string;
  readonly record: CheckRecord;
}
