import type { Event } from '../../base/event.ts';
import type { CheckTarget, Verdict } from '../../probe/check.ts';

/** What a finished check found, for views that show results beside the objects. */
export interface CheckResult {
  /** The context of the cluster it was made in. */
  readonly context: string;
  readonly from: { readonly namespace: string; readonly pod: string };
  readonly target: CheckTarget;
  /** The pod the target's address belongs to, if it is one. */
  readonly targetPod?: { readonly namespace: string; readonly name: string };
  readonly verdict: Verdict;
  /** `reachable · HTTP 200 · 12 ms`. */
  readonly outcome: string;
  /** RFC 3339, when the check began. */
  readonly startedAt: string;
}

/** The results of the checks that were made, newest first. */
export interface CheckResults {
  readonly all: () => readonly CheckResult[];
  readonly onDidChange: Event<void>;
}
