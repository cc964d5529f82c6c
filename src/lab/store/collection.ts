/** The objects of one resource with the history of their changes. */
import type { ApiObject } from '../objects/meta.ts';

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: ApiObject;
  /** What was stored before; absent for ADDED. */
  previous?: ApiObject;
  revision: number;
}

/** A version asked for is no longer (or not yet) known. */
export class UnknownRevisionError extends Error {
  readonly tooNew: boolean;
  constructor(message: string, tooNew: boolean) {
    super(message);
    this.tooNew = tooNew;
  }
}

export class Collection {
  readonly #objects = new Map<string, ApiObject>();
  readonly #historyLimit: number;
  #sortedKeys: string[] | undefined;
  /** In the order of the keys, until something changes: pages of one list need not sort anew. */
  #sorted: readonly ApiObject[] | undefined;
  #history: Change[] = [];
  /** Changes up to this revision have been forgotten. */
  #forgotten = 0;

  /** Keeps between `historyLimit` and twice as many changes. */
  constructor(historyLimit: number) {
    this.#historyLimit = historyLimit;
  }

  get size(): number {
    return this.#objects.size;
  }

  get forgottenRevision(): number {
    return this.#forgotten;
  }

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  values(): Iterable<ApiObject> {
    return this.#objects.values();
  }

  /** All objects in the order of their keys. */
  sorted(): readonly ApiObject[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort();
    this.#sorted ??= this.#sortedKeys.flatMap((key) => this.#objects.get(key) ?? []);
    return this.#sorted;
  }

  apply(key: string, change: Change): void {
    if (change.type === 'DELETED') this.#objects.delete(key);
    else this.#objects.set(key, change.object);
    if (change.type !== 'MODIFIED') this.#sortedKeys = undefined;
    this.#sorted = undefined;
    this.#history.push(change);
    if (this.#history.length > 2 * this.#historyLimit)
      this.#forget(this.#history.length - this.#historyLimit);
  }

  /** Changes after a revision; throws UnknownRevisionError where some of them are forgotten. */
  since(revision: number): Change[] {
    if (revision < this.#forgotten) {
      throw new UnknownRevisionError(`too old resource version: ${revision} (${this.#forgotten})`, false);
    }
    return this.#history.filter((change) => change.revision > revision);
  }

  /** The objects as they were at a revision, in the order of their keys. */
  sortedAt(revision: number, keyOf: (object: ApiObject) => string): readonly ApiObject[] {
    const later = this.since(revision);
    if (later.length === 0) return this.sorted();
    const objects = new Map(this.#objects);
    for (const change of later.reverse()) {
      if (change.previous) objects.set(keyOf(change.object), change.previous);
      else objects.delete(keyOf(change.object));
    }
    return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** Forgets the whole history, as etcd's compaction does: watches from older versions get 410 Gone. */
  compact(): void {
    this.#forget(this.#history.length);
  }

  /** Gives every object the next version, and forgets all changes. */
  renumber(next: () => number): void {
    let last = this.#forgotten;
    for (const [key, object] of this.#objects) {
      last = next();
      this.#objects.set(key, {
        ...object,
        metadata: { ...object.metadata, resourceVersion: String(last) },
      });
    }
    this.#sorted = undefined;
    this.#history = [];
    this.#forgotten = last;
  }

  #forget(count: number): void {
    const last = this.#history[count - 1];
    if (!last) return;
    this.#forgotten = last.revision;
    this.#history = this.#history.slice(count);
  }
}
