import { Emitter, type Disposable } from '../../base/event.ts';
import { labelOf } from '../attempt.ts';
import type { CheckRecord } from '../check.ts';
import type { MatrixPlan } from './plan.ts';
import { cellKey, type MatrixRun } from './run.ts';

/** Only so many are kept: a run of 10,000 checks holds some megabytes. */
const mostRuns = 10;

/** A run that is being made. */
export interface GrowingRun {
  readonly id: string;
  /** Adds the records of a row. */
  add(records: readonly CheckRecord[]): void;
  /** The run as it stays. */
  end(state: Exclude<MatrixRun['state'], 'running'>): MatrixRun;
}

export type MatrixRunMeta = Pick<MatrixRun, 'title' | 'context' | 'simulated'>;

/** The matrix runs of a window, newest first. Views follow `onDidChange`, which names the run that changed. */
export class MatrixRuns implements Disposable {
  readonly #changed = new Emitter<MatrixRun>();
  #runs: readonly MatrixRun[] = [];
  #lastId = 0;
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

  /** The newest complete run of the same title and context before this one: what it is to be compared with. */
  before(run: MatrixRun): MatrixRun | undefined {
    const at = this.#runs.findIndex(({ id }) => id === run.id);
    return this.#runs
      .slice(at + 1)
      .find(
        ({ title, context, state }) => title === run.title && context === run.context && state === 'done',
      );
  }

  begin(plan: MatrixPlan, meta: MatrixRunMeta): GrowingRun {
    this.#lastId += 1;
    const id = String(this.#lastId);
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
      end: (state) => this.#put({ ...run, cells, state }),
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
