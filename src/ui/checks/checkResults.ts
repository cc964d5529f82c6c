import { DisposableStore, Emitter, type Disposable } from '../../base/event.ts';
import type { CheckRecord } from '../../probe/check.ts';
import type { MatrixRuns } from '../../probe/matrix/runs.ts';
import type { CheckResult, CheckResults } from '../host/checkResults.ts';
import type { ProbedConnections } from '../host/probedConnections.ts';
import { outcomeText } from '../host/verdictText.ts';
import type { CheckEntry } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { podOfRef, targetOfRecord } from './recordEnds.ts';

/**
 * The last result of every two ends, as other views show them, whatever made it: single checks, the cells of matrices
 * and of a podnet.yaml, the probes of explained connections.
 */
export class AllCheckResults implements CheckResults, Disposable {
  readonly #history: CheckHistory;
  readonly #runs: MatrixRuns;
  readonly #probed: ProbedConnections;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  /** A matrix holds thousands of cells: each is read once. */
  readonly #read = new WeakMap<CheckRecord, Omit<CheckResult, 'context'> | 'none'>();
  #made: readonly CheckResult[] = [];
  #madeOf: readonly unknown[] = [];
  #clearedAt = '';

  readonly onDidChange = this.#changed.event;

  constructor(history: CheckHistory, runs: MatrixRuns, probed: ProbedConnections) {
    this.#history = history;
    this.#runs = runs;
    this.#probed = probed;
    for (const event of [history.onDidChange, probed.onDidChange])
      this.#store.add(event(() => this.#changed.fire()));
    this.#store.add(runs.onDidChange(() => this.#changed.fire()));
  }

  /** Newest first. */
  readonly all = (): readonly CheckResult[] => {
    const of = [this.#history.entries, this.#runs.runs, this.#probed.all, this.#clearedAt];
    if (of.every((part, index) => part === this.#madeOf[index])) return this.#made;
    this.#madeOf = of;
    this.#made = this.#newest();
    return this.#made;
  };

  /** Forgets what was found so far. */
  clear(): void {
    this.#clearedAt = new Date().toISOString();
    this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #newest(): readonly CheckResult[] {
    const byEnds = new Map<string, CheckResult>();
    const take = (result: CheckResult | undefined): void => {
      if (result === undefined || result.startedAt <= this.#clearedAt) return;
      const { context, from, target } = result;
      const key = [context, from.namespace, from.pod, target.scheme, target.host, target.port, target.ref];
      const ends = key.join('\n');
      const known = byEnds.get(ends);
      if (known === undefined || known.startedAt < result.startedAt) byEnds.set(ends, result);
    };
    for (const entry of this.#history.entries) take(resultOfEntry(entry));
    for (const { context, cells } of this.#runs.runs)
      for (const record of cells.values()) take(this.#resultOf(record, context));
    for (const { record, context } of this.#probed.all) take(this.#resultOf(record, context));
    return [...byEnds.values()].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  }

  #resultOf(record: CheckRecord, context: string): CheckResult | undefined {
    const read = this.#read.get(record) ?? resultOfRecord(record) ?? 'none';
    this.#read.set(record, read);
    return read === 'none' ? undefined : { ...read, context };
  }
}

function resultOfEntry(entry: CheckEntry): CheckResult | undefined {
  if (entry.is !== 'finished' || entry.from === 'outside' || entry.volume !== undefined) return undefined;
  const { context, from, target, targetPod, record } = entry;
  // A name that resolves says nothing about a way.
  if (target.scheme === 'dns') return undefined;
  return {
    context,
    from: { namespace: from.namespace, pod: from.pod },
    target,
    ...(targetPod && { targetPod }),
    ...foundOf(record),
  };
}

/** Of a record that stands alone: it names its ends as references. */
function resultOfRecord(record: CheckRecord): Omit<CheckResult, 'context'> | undefined {
  const target = targetOfRecord(record);
  const from = podOfRef(record.from);
  if (target === undefined || from === undefined) return undefined;
  const targetPod = podOfRef(record.to);
  return {
    from: { namespace: from.namespace, pod: from.name },
    target,
    ...(targetPod && { targetPod }),
    ...foundOf(record),
  };
}

function foundOf(record: CheckRecord): Pick<CheckResult, 'verdict' | 'outcome' | 'startedAt'> {
  return { verdict: record.verdict, outcome: outcomeText(record), startedAt: record.startedAt };
}
