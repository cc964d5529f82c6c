import { Emitter, type Disposable } from '../../base/event.ts';
import { labelOf } from '../attempt.ts';
import type { CheckRecord } from '../check.ts';
import type { MatrixPlan } from './plan.ts';
import { cellKey, type MatrixExpectation, type MatrixRun } from './run.ts';

/** Only so many are kept: a run of 10,000 checks holds some megabytes. */
const mostRuns = 10;

/** A run that is being made. */
export interface GrowingRun {
  readonly id: string;
  /** Adds the records of a row. */
  add(records: readonly CheckRecord[]): void;
  /** The run as it stays, with what a podnet.yaml makes of it. */
  end(state: Exclude<MatrixRun['state'], 'running'>, expectations?: readonly MatrixExpectation[]): MatrixRun;
}

export type MatrixRunMeta = Pick<MatrixRun, 'title' | 'context' | 'simulated' | 'asked'>;

/** The matrix runs of a window, newest first. Views follow `onDidChange`, which names the run that changed. */
export class MatrixRuns implements Disposable {
  readonly #changed = new Emitter<MatrixRun>();
  #runs: readonly MatrixRun[] = [];
  #lastId = 0;
  readonly #cancels = new Map<string, () => void>();
  readonly #now: () => number;

  readonly onDidChange = this.#changed.event;

  /** @param now milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get runs(): readonly MatrixRun[] {
    return this.#runs;
  }

  get(id: string): MatrixRun | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** The newest complete run of the same question before this one: what it is to be compared with. */
  before(run: MatrixRun): MatrixRun | undefined {
    const at = this.#runs.findIndex(({ id }) => id === run.id);
    return this.#runs.slice(at + 1).find((each) => sameQuestion(each, run) && each.state === 'done');
  }

  /** Takes over runs of an earlier window, newest first; those that are known already are left as they are. */
  adopt(earlier: readonly MatrixRun[]): void {
    const known = new Set(this.#runs.map(({ id }) => id));
    this.#runs = [...this.#runs, ...earlier.filter(({ id }) => !known.has(id))].slice(0, mostRuns);
  }

  /** Stops a run that is being made; does nothing to others. */
  cancel(id: string): void {
    this.#cancels.get(id)?.();
  }

  /** Puts newer records of pairs into a run that has ended. Does nothing where it is no longer kept. */
  amend(id: string, records: readonly CheckRecord[]): void {
    const run = this.get(id);
    if (run === undefined) return;
    const cells = new Map(run.cells);
    for (const record of records) cells.set(cellKey(record.from, record.to), record);
    this.#put({ ...run, cells });
  }

  /** @param cancel stops the work that fills the run. */
  begin(plan: MatrixPlan, meta: MatrixRunMeta, cancel?: () => void): GrowingRun {
    this.#lastId += 1;
    // Runs of earlier windows are taken over under their own ids: a count alone would meet theirs.
    const id = `${this.#now().toString(36)}-${this.#lastId}`;
    if (cancel !== undefined) this.#cancels.set(id, cancel);
    const cells = new Map<string, CheckRecord>();
    const run: MatrixRun = {
      ...meta,
      id,
      startedAt: new Date(this.#now()).toISOString(),
      state: 'running',
      from: plan.rows.map(({ from }) => labelOf(from)),
      to: [...new Set(plan.rows.flatMap(({ targets }) => targets.map(({ ref }) => ref)))],
      planned: plan.rows.reduce((sum, { targets }) => sum + targets.length, 0),
      cells,
      notes: plan.notes,
    };
    this.#runs = [run, ...this.#runs].slice(0, mostRuns);
    this.#changed.fire(run);
    return {
      id,
      add: (records) => {
        // One map grows: a copy a row would make a large matrix slow. Views get a new run object each time.
        for (const record of records) cells.set(cellKey(record.from, record.to), record);
        this.#put({ ...run, cells });
      },
      end: (state, expectations) => {
        this.#cancels.delete(id);
        return this.#put({ ...run, cells, state, ...(expectations && { expectations }) });
      },
    };
  }

  clear(): void {
    this.#runs = this.#runs.filter(({ state }) => state === 'running');
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #put(run: MatrixRun): MatrixRun {
    this.#runs = this.#runs.map((each) => (each.id === run.id ? run : each));
    this.#changed.fire(run);
    return run;
  }
}

type Question = Pick<MatrixRun, 'title' | 'context' | 'asked'>;

/** Whether two runs asked the same of the same cluster. */
export function sameQuestion(one: Question, other: Question): boolean {
  return (
    one.title === other.title &&
    one.context === other.context &&
    JSON.stringify(one.asked) === JSON.stringify(other.asked)
  );
}
