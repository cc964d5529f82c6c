import type { BatchChecker } from '../batch/batchChecker.ts';
import type { CheckRecord } from '../check.ts';
import { checkMatrix, type MatrixRow } from '../matrix/checkMatrix.ts';
import { labelOf } from '../attempt.ts';
import { meets, type SmokeCheck } from './schema.ts';
import type { SmokePair, SmokePlan } from './plan.ts';

/** How a check of the file came out. */
export interface SmokeResult {
  readonly check: SmokeCheck;
  /** `passed` only where every pair is as expected; `unknown` where none is otherwise, but one was not found out. */
  readonly is: 'passed' | 'failed' | 'unknown';
  /** Why it could not even be asked; '' else. */
  readonly message: string;
  readonly records: readonly CheckRecord[];
}

/**
 * Makes all checks of a file, with one exec a source and time limit, and says which are as expected.
 * @param progress told of each record as it comes.
 * @returns a result a check, in the order of the file.
 * @throws CancelledError once the signal aborts.
 */
export async function runSmoke(
  checker: Pick<BatchChecker, 'check'>,
  plan: SmokePlan,
  checks: readonly SmokeCheck[],
  progress: (records: readonly CheckRecord[]) => void,
  signal: AbortSignal,
): Promise<readonly SmokeResult[]> {
  const found = new Map<SmokePair, CheckRecord>();
  for (const [timeoutSeconds, pairs] of byTimeout(plan.pairs)) {
    const rows = rowsOf(pairs);
    const limits =
      timeoutSeconds === undefined
        ? {}
        : { timeoutSeconds, connectTimeoutSeconds: Math.min(3, timeoutSeconds) };
    await checkMatrix(
      checker,
      rows.map(({ row }) => row),
      limits,
      (records, index) => {
        records.forEach((record, at) => {
          const pair = rows[index]?.pairs[at];
          if (pair !== undefined) found.set(pair, record);
        });
        progress(records);
      },
      signal,
    );
  }
  return checks.map((check) => {
    const records = plan.pairs.flatMap((pair) => (pair.check === check ? (found.get(pair) ?? []) : []));
    const message = plan.unplanned.find((each) => each.check === check)?.message ?? '';
    return { check, is: outcomeOf(check, records), message, records };
  });
}

function outcomeOf(check: SmokeCheck, records: readonly CheckRecord[]): SmokeResult['is'] {
  const met = records.map((record) => meets(check, record));
  if (met.includes(false)) return 'failed';
  return met.length === 0 || met.includes(undefined) ? 'unknown' : 'passed';
}

function byTimeout(pairs: readonly SmokePair[]): ReadonlyMap<number | undefined, readonly SmokePair[]> {
  const groups = new Map<number | undefined, SmokePair[]>();
  for (const pair of pairs) {
    const group = groups.get(pair.check.timeoutSeconds);
    if (group === undefined) groups.set(pair.check.timeoutSeconds, [pair]);
    else group.push(pair);
  }
  return groups;
}

interface PairedRow {
  readonly row: MatrixRow;
  readonly pairs: readonly SmokePair[];
}

function rowsOf(pairs: readonly SmokePair[]): readonly PairedRow[] {
  const rows = new Map<string, SmokePair[]>();
  for (const pair of pairs) {
    const label = labelOf(pair.from);
    const row = rows.get(label);
    if (row === undefined) rows.set(label, [pair]);
    else row.push(pair);
  }
  return [...rows.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return [{ row: { from: first.from, targets: all.map(({ target }) => target) }, pairs: all }];
  });
}
