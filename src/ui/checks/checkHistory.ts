import type { Memento } from 'vscode';
import { Emitter, type Disposable } from '../../base/event.ts';
import { isRecord } from '../../model/json.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { verdictOf } from '../../probe/reason.ts';
import type { CheckEntry, CheckQuestion, FinishedCheck, RunningCheck } from './checkEntry.ts';

const key = 'podNetwork.checks';
/** Only the newest outlive the window: a workspace's memory is no archive. */
const mostRemembered = 50;
const longestRememberedOutput = 8_192;

/** The checks that were made, newest first, bounded. */
export class CheckHistory implements Disposable {
  readonly #memory: Memento;
  readonly #limit: () => number;
  readonly #changed = new Emitter<void>();
  #entries: readonly CheckEntry[];
  #lastId: number;

  readonly onDidChange = this.#changed.event;

  /** @param limit how many to keep; asked each time, since it is a setting. */
  constructor(memory: Memento, limit: () => number) {
    this.#memory = memory;
    this.#limit = limit;
    const remembered = memory.get<unknown>(key);
    this.#entries = Array.isArray(remembered) ? remembered.filter(isFinished) : [];
    this.#lastId = Math.max(0, ...this.#entries.map(({ id }) => Number(id)).filter(Number.isInteger));
  }

  get entries(): readonly CheckEntry[] {
    return this.#entries;
  }

  get(id: string): CheckEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  begin(question: CheckQuestion, cancel: () => void): RunningCheck {
    this.#lastId += 1;
    const entry: RunningCheck = { ...question, is: 'running', id: String(this.#lastId), cancel };
    this.#set([entry, ...this.#entries]);
    return entry;
  }

  finish(running: RunningCheck, record: CheckRecord): FinishedCheck {
    const { from, target, targetPod, notes, context, simulated, id, volume } = running;
    const more = { ...(targetPod && { targetPod }), ...(volume !== undefined && { volume }) };
    const question = { from, target, notes, context, simulated, ...more };
    const finished: FinishedCheck = { ...question, is: 'finished', id, record };
    this.#set(this.#entries.map((entry) => (entry === running ? finished : entry)));
    return finished;
  }

  remove(id: string): void {
    this.#set(this.#entries.filter((entry) => entry.id !== id));
  }

  /** Forgets what is finished; what runs goes on. */
  clear(): void {
    this.#set(this.#entries.filter(({ is }) => is === 'running'));
  }

  dispose(): void {
    for (const entry of this.#entries) if (entry.is === 'running') entry.cancel();
    this.#changed.dispose();
  }

  #set(entries: readonly CheckEntry[]): void {
    this.#entries = entries.slice(0, this.#limit());
    this.#changed.fire();
    const remembered = this.#entries
      .filter((entry) => entry.is === 'finished')
      .slice(0, mostRemembered)
      .map(shortened);
    void this.#memory.update(key, remembered);
  }
}

function shortened(entry: FinishedCheck): FinishedCheck {
  const { output } = entry.record;
  if (output.length <= longestRememberedOutput) return entry;
  return { ...entry, record: { ...entry.record, output: output.slice(0, longestRememberedOutput) } };
}

/** An older version of the extension may have remembered other things. */
function isFinished(value: unknown): value is FinishedCheck {
  return (
    isRecord(value) &&
    value.is === 'finished' &&
    typeof value.id === 'string' &&
    (isRecord(value.from) || value.from === 'outside') &&
    isRecord(value.target) &&
    Array.isArray(value.notes) &&
    isRecord(value.record) &&
    typeof value.record.reason === 'string' &&
    Object.hasOwn(verdictOf, value.record.reason) &&
    isRecord(value.record.timingsMs) &&
    Array.isArray(value.record.command)
  );
}
