import { isCancellation } from '../../base/errors.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { CheckRecord, CheckTarget } from '../check.ts';
import type { BatchChecker, BatchRequest } from '../batch/batchChecker.ts';

/** A row of a matrix: where checks start, and what they ask. Targets differ by source: localhost, address families. */
export interface MatrixRow {
  readonly from: ContainerRef;
  readonly targets: readonly CheckTarget[];
}

/** Sources that are asked at once; what runs at once on a node is the Exec's to limit. */
const rowsAtOnce = 16;

/**
 * Checks every target of every row, one exec a source and not one a pair.
 * @param done gets a row's records as soon as they are there, in whatever order.
 * @throws CancelledError once the signal aborts; rows that were done have been handed over.
 */
export async function checkMatrix(
  checker: Pick<BatchChecker, 'check'>,
  rows: readonly MatrixRow[],
  limits: Pick<BatchRequest, 'connectTimeoutSeconds' | 'timeoutSeconds'>,
  done: (records: readonly CheckRecord[], row: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < rows.length; index = next++) {
      const row = rows[index];
      if (row !== undefined) done(await checker.check({ ...limits, ...row }, signal), index);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(rowsAtOnce, rows.length) }, worker));
  const failures = results.flatMap((result) =>
    result.status === 'rejected'
      ? [result.reason instanceof Error ? result.reason : new Error(String(result.reason))]
      : [],
  );
  const failure = failures.find((reason) => !isCancellation(reason)) ?? failures[0];
  if (failure !== undefined) throw failure;
}
