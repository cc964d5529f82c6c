import type { Verdict } from '../check.ts';
import type { ServiceBy } from '../serviceBy.ts';

/** Where something stands in the file, from 0. */
export interface SmokeRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Pods by their labels. */
export interface PodSelection {
  readonly namespace: string;
  /** As kubectl's `-l`; '' for all. */
  readonly selector: string;
  readonly container?: string;
  /** Only of targets. */
  readonly port?: number;
}

/** One end: a reference as in `podnet check`, or pods by label. */
export type SmokeEnd =
  | { readonly is: 'ref'; readonly ref: string; readonly range: SmokeRange }
  | { readonly is: 'pods'; readonly pods: PodSelection; readonly range: SmokeRange };

/**
 * What must be so. `blocked`: the connection must not come about (refused, timeout or reset). A name that does not
 * resolve is not blocked, for a mistyped name would look like a success.
 */
export const expectations = [
  'reachable',
  'blocked',
  'refused',
  'timeout',
  'reset',
  'dns-failed',
  'tls-failed',
  'no-answer',
] as const;
export type Expectation = (typeof expectations)[number];

/** One entry of `checks`. */
export interface SmokeCheck {
  readonly name: string;
  readonly from: SmokeEnd;
  readonly to: readonly SmokeEnd[];
  readonly expect: Expectation;
  /** The HTTP status that must come; only with `reachable`. */
  readonly status?: number;
  readonly by: ServiceBy;
  readonly timeoutSeconds?: number;
  readonly range: SmokeRange;
}

export interface SmokeFile {
  readonly checks: readonly SmokeCheck[];
}

/** Why the file cannot be used, at its place. */
export interface SmokeProblem {
  readonly message: string;
  readonly range: SmokeRange;
}

export type SmokeReading =
  | { readonly is: 'read'; readonly file: SmokeFile }
  | { readonly is: 'wrong'; readonly problems: readonly SmokeProblem[] };

/** Whether a verdict is what was expected; undefined where it could not be found out. */
export function meets(
  expected: Pick<SmokeCheck, 'expect' | 'status'>,
  found: { readonly verdict: Verdict; readonly httpStatus: number | null },
): boolean | undefined {
  if (found.verdict === 'inconclusive') return undefined;
  if (expected.expect === 'blocked') return ['refused', 'timeout', 'reset'].includes(found.verdict);
  if (found.verdict !== expected.expect) return false;
  return expected.status === undefined || expected.status === found.httpStatus;
}
