import { Emitter, type Disposable } from '../../base/event.ts';
import type { CheckRecord } from '../../probe/check.ts';

/** A check that was made for another end than itself, such as to explain a connection. */
export interface ProbedConnection {
  /** The context of the cluster it was made in. */
  readonly context: string;
  readonly record: CheckRecord;
}

/** An explanation makes a handful: these are some dozens of them. */
const mostKept = 300;

/** The probes of explained connections, newest first, bounded; for views that show results beside the objects. */
export class ProbedConnections implements Disposable {
  readonly #changed = new Emitter<void>();
  #all: readonly ProbedConnection[] = [];

  readonly onDidChange = this.#changed.event;

  get all(): readonly ProbedConnection[] {
    return this.#all;
  }

  /** @param records in the order in which they were made. */
  add(context: string, records: readonly CheckRecord[]): void {
    if (records.length === 0) return;
    const added = records.map((record) => ({ context, record })).reverse();
    this.#all = [...added, ...this.#all].slice(0, mostKept);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
