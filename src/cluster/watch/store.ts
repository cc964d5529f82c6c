import { Emitter, type Disposable } from '../../base/event.ts';
import type { SnapshotChange } from '../../model/connection.ts';
import type { AnyObject, Kind } from '../../model/objects.ts';
import { Snapshot, type Coverage, type ObjectChange } from '../../model/snapshot.ts';
import type { ObjectSink } from './reflector.ts';

/** Between two changes of the Snapshot, however many events come. */
const pauseMs = 100;

/**
 * Gathers what the reflectors tell into Snapshots: at once after a quiet time and when the first objects of a kind
 * come, else every 100 ms, so that a busy cluster is shown too. A kind whose coverage changed is `touched` even where none of its objects did.
 */
export class Store implements ObjectSink, Disposable {
  readonly #changed = new Emitter<SnapshotChange>();
  readonly onDidChange = this.#changed.event;
  #snapshot = Snapshot.empty;
  #changes: ObjectChange[] = [];
  readonly #coverage = new Map<Kind, Coverage>();
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = -Infinity;
  /** Kinds of which objects were shown: nobody waits for the first rows longer than it takes to read them. */
  readonly #shown = new Set<Kind>();

  /** What was told up to now. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  put(object: AnyObject): void {
    this.#changes.push({ type: 'put', object });
    if (!this.#shown.has(object.kind)) {
      this.#shown.add(object.kind);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.flush(), 0);
    } else this.#schedule();
  }

  remove(kind: Kind, namespace: string, name: string): void {
    this.#changes.push({ type: 'remove', kind, namespace, name });
    this.#schedule();
  }

  setCoverage(kind: Kind, coverage: Coverage): void {
    const last = this.#coverage.get(kind) ?? this.#snapshot.coverage(kind);
    if (JSON.stringify(last) === JSON.stringify(coverage)) return;
    this.#coverage.set(kind, coverage);
    this.#schedule();
  }

  /** Makes everything told so far part of the Snapshot now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changes.length === 0 && this.#coverage.size === 0) return;
    this.#flushedAt = performance.now();
    const { snapshot, touched } = this.#snapshot.with(this.#changes);
    const all = new Map(touched);
    this.#snapshot = snapshot;
    for (const [kind, coverage] of this.#coverage) {
      this.#snapshot = this.#snapshot.withCoverage(kind, coverage);
      if (!all.has(kind)) all.set(kind, new Set());
    }
    this.#changes = [];
    this.#coverage.clear();
    if (all.size > 0) this.#changed.fire({ snapshot: this.#snapshot, touched: all });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => this.flush(),
      Math.max(0, this.#flushedAt + pauseMs - performance.now()),
    );
  }
}
