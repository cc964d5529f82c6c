import type { CheckRecord } from '../check.ts';
import type { MatrixRun } from './run.ts';

/** One pair whose outcome is another than before. */
export interface CellChange {
  readonly from: string;
  readonly to: string;
  readonly before: CheckRecord;
  readonly after: CheckRecord;
}

/** What differs between two runs. Pairs that only one of them asked are not in it. */
export interface MatrixComparison {
  /** Reachable before, and now known not to be. */
  readonly broke: readonly CellChange[];
  /** Known not to be reachable before, and now it is. */
  readonly mended: readonly CellChange[];
  /** Failed before and now, in another way. */
  readonly changed: readonly CellChange[];
  /** Known before, and now it could not be found out: nothing is said about the network. */
  readonly unknown: readonly CellChange[];
  /** How many pairs both runs asked. */
  readonly compared: number;
}

export function compareRuns(
  before: Pick<MatrixRun, 'cells'>,
  after: Pick<MatrixRun, 'cells'>,
): MatrixComparison {
  const changes = { broke: [], mended: [], changed: [], unknown: [] } as Record<Change, CellChange[]>;
  let compared = 0;
  for (const [key, now] of after.cells) {
    const then = before.cells.get(key);
    if (then === undefined) continue;
    compared += 1;
    const change = changeOf(then, now);
    if (change !== undefined) changes[change].push({ from: now.from, to: now.to, before: then, after: now });
  }
  return { ...changes, compared };
}

type Change = 'broke' | 'mended' | 'changed' | 'unknown';

function changeOf(before: CheckRecord, after: CheckRecord): Change | undefined {
  if (before.verdict === after.verdict || before.verdict === 'inconclusive') return undefined;
  if (after.verdict === 'inconclusive') return 'unknown';
  if (before.verdict === 'reachable') return 'broke';
  return after.verdict === 'reachable' ? 'mended' : 'changed';
}
