import type { CheckRecord } from '../../probe/check.ts';
import type { MatrixRuns } from '../../probe/matrix/runs.ts';

/** What makes matrices, for the view that shows them. */
export interface MatrixMaker {
  /** Those that were made, and those that are being made. */
  readonly runs: MatrixRuns;
  /**
   * Asks one pair again, in the cluster that is shown.
   * @throws ExplainedError where source or target are gone; CancelledError.
   */
  checkAgain(from: string, to: string, signal: AbortSignal): Promise<CheckRecord>;
}
