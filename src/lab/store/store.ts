/** The lab's etcd: collections under one counter of revisions, and listeners told of every change. */
import { keyOf, objectKey } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { ObjectRef, Resource } from '../resources/resource.ts';
import { Collection, UnknownRevisionError } from './collection.ts';
import type { Change } from './collection.ts';

/** Told of a change right after it was made; must not write to the store itself. */
export type ChangeListener = (change: Change, storage: string) => void;

export class Store {
  readonly #collections = new Map<string, Collection>();
  readonly #listeners = new Set<ChangeListener>();
  readonly #historyLimit: number;
  #revision = 1;

  constructor(options: { historyLimit: number }) {
    this.#historyLimit = options.historyLimit;
  }

  get revision(): number {
    return this.#revision;
  }

  collection(storage: string): Collection {
    let collection = this.#collections.get(storage);
    if (!collection) {
      collection = new Collection(this.#historyLimit);
      this.#collections.set(storage, collection);
    }
    return collection;
  }

  get<T extends ApiObject>(resource: Resource<T>, ref: ObjectRef): T | undefined {
    return this.collection(resource.storage).get(objectKey(ref.namespace, ref.name)) as T | undefined;
  }

  /** The present objects, of one namespace or of all, in no particular order. */
  *list<T extends ApiObject>(resource: Resource<T>, namespace?: string): Iterable<T> {
    for (const object of this.collection(resource.storage).values()) {
      if (namespace === undefined || object.metadata.namespace === namespace) yield object as T;
    }
  }

  /** The objects at a revision, sorted by key; 0 means now. */
  listAt(resource: Resource, revision: number): readonly ApiObject[] {
    const collection = this.collection(resource.storage);
    if (revision > this.#revision) {
      throw new UnknownRevisionError(
        `Too large resource version: ${revision}, current: ${this.#revision}`,
        true,
      );
    }
    return revision === 0 ? collection.sorted() : collection.sortedAt(revision, keyOf);
  }

  /** Stores a new or changed object under the next revision and returns it as stored. */
  put<T extends ApiObject>(resource: Resource<T>, object: T): T {
    const key = keyOf(object);
    const previous = this.collection(resource.storage).get(key);
    const revision = ++this.#revision;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    this.#publish(
      resource.storage,
      key,
      previous
        ? { type: 'MODIFIED', object: stored, previous, revision }
        : { type: 'ADDED', object: stored, revision },
    );
    return stored;
  }

  /** Removes an object; returns it as watchers see it, or undefined if there was none. */
  remove<T extends ApiObject>(resource: Resource<T>, ref: ObjectRef): T | undefined {
    const key = objectKey(ref.namespace, ref.name);
    const previous = this.collection(resource.storage).get(key) as T | undefined;
    if (!previous) return undefined;
    const revision = ++this.#revision;
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
    this.#publish(resource.storage, key, { type: 'DELETED', object, previous, revision });
    return object;
  }

  /**
   * Gives every object a new version and forgets the history, as a cluster does that was set up again from a backup:
   * versions of before mean nothing any more. Watchers are not told.
   */
  renumber(): void {
    // Below what clients know, or above; never the same object with the same version by count.
    this.#revision = Math.floor(Math.random() * 2 * Math.max(this.#revision, 10_000));
    const next = (): number => (this.#revision += 1 + Math.floor(Math.random() * 100));
    for (const collection of this.#collections.values()) collection.renumber(next);
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #publish(storage: string, key: string, change: Change): void {
    this.collection(storage).apply(key, change);
    for (const listener of this.#listeners) listener(change, storage);
  }
}
