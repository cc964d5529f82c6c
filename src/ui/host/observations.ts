import type { CheckTarget } from '../../probe/check.ts';

/** A connection that a check found reachable, in the words of the check. */
export interface ObservedReachable {
  /** The context of the cluster it was made in. */
  readonly context: string;
  readonly from: { readonly namespace: string; readonly pod: string };
  readonly target: CheckTarget;
  /** The pod the target's address belongs to, if it is one. */
  readonly targetPod?: { readonly namespace: string; readonly name: string };
}

/** What was observed to be reachable; asked when somebody wants to know. */
export type Observations = () => readonly ObservedReachable[];
