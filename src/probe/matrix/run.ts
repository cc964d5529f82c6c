import type { CheckRecord, Verdict } from '../check.ts';

/** What a matrix was made of, enough to ask the same again: namespaces, chosen references, or a podnet.yaml. */
export type MatrixAsked =
  | { readonly namespaces: readonly string[] }
  | { readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly file: string };

/** A check of a podnet.yaml and how it came out. */
export interface MatrixExpectation {
  readonly name: string;
  readonly is: 'passed' | 'failed' | 'unknown';
  /** What is otherwise than expected, or why it could not be asked; '' where nothing is. */
  readonly message: string;
  /** The cells it is about, by {@link cellKey}. */
  readonly cells: readonly string[];
}

/** Sources by targets, as it was asked: complete, cancelled half-way, or still growing. Immutable. */
export interface MatrixRun {
  readonly id: string;
  /** What was chosen, such as a namespace's name; it may hold hostile text. */
  readonly title: string;
  /** The kubeconfig's context. */
  readonly context: string;
  /** Whether the cluster says of itself that it is the practice lab. */
  readonly simulated: boolean;
  readonly asked?: MatrixAsked;
  /** Only of the checks of a podnet.yaml. */
  readonly expectations?: readonly MatrixExpectation[];
  /** RFC 3339. */
  readonly startedAt: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Sources as records name them (`pod/NS/NAME:CONTAINER`), in the order of the plan. */
  readonly from: readonly string[];
  /** Targets as records name them, in the order in which they first appear in the plan. */
  readonly to: readonly string[];
  /** How many checks there are in all. */
  readonly planned: number;
  /** Those that are there, by {@link cellKey}. Each is a record with all its evidence. */
  readonly cells: ReadonlyMap<string, CheckRecord>;
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Where a cell stands in {@link MatrixRun.cells}. */
export function cellKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

/** The cell of a source and a target; undefined where it was not asked, or not yet. */
export function cellOf(run: Pick<MatrixRun, 'cells'>, from: string, to: string): CheckRecord | undefined {
  return run.cells.get(cellKey(from, to));
}

export interface MatrixCounts {
  readonly reachable: number;
  /** Known not to be reachable. */
  readonly failed: number;
  readonly inconclusive: number;
  readonly done: number;
  readonly planned: number;
}

export function countsOf(run: Pick<MatrixRun, 'cells' | 'planned'>): MatrixCounts {
  const verdicts: Verdict[] = [...run.cells.values()].map(({ verdict }) => verdict);
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  const reachable = count('reachable');
  const inconclusive = count('inconclusive');
  const done = verdicts.length;
  return { reachable, inconclusive, failed: done - reachable - inconclusive, done, planned: run.planned };
}
