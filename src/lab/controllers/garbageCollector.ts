/** Deletes what belongs to owners that are gone, or makes orphans of it, as the owner's deletion asked. */
import { collectorFinalizers, deleteObject } from '../api/deletion.ts';
import { keyOf } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import { resources } from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';
import type { Change } from '../store/collection.ts';
import { controllerManager } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { WorkQueue } from './workQueue.ts';

interface Dependent {
  resource: Resource;
  key: string;
}

class GarbageCollector {
  readonly #plane: ControlPlane;
  readonly #queue: WorkQueue;
  /** Dependents by their owner's uid, then by storage and key. */
  readonly #dependents = new Map<string, Map<string, Dependent>>();
  /** Owners that are being deleted and wait for us. */
  readonly #waiting = new Map<string, Dependent>();
  readonly #byStorage: ReadonlyMap<string, Resource>;
  readonly #stopListening: () => void;

  constructor(plane: ControlPlane) {
    this.#plane = plane;
    // The first resource of a storage is the one it is stored for.
    this.#byStorage = new Map([...resources].reverse().map((resource) => [resource.storage, resource]));
    this.#queue = new WorkQueue({
      reconcile: (uid) => {
        this.#collect(uid);
      },
      onError: (uid, error) => {
        plane.onError(`garbage collector, owner ${uid}`, error);
      },
    });
    this.#stopListening = plane.api.store.onChange((change, storage) => {
      this.#follow(change, storage);
    });
  }

  stop(): void {
    this.#stopListening();
    this.#queue.dispose();
  }

  #follow(change: Change, storage: string): void {
    const resource = this.#byStorage.get(storage);
    if (!resource) return;
    const dependent: Dependent = { resource, key: keyOf(change.object) };
    const id = `${storage}/${dependent.key}`;
    for (const { uid } of change.previous?.metadata.ownerReferences ?? []) {
      this.#dependents.get(uid)?.delete(id);
      // An owner may wait for this one to be gone.
      if (this.#waiting.has(uid)) this.#queue.add(uid);
    }
    const { uid, finalizers, deletionTimestamp } = change.object.metadata;
    if (change.type === 'DELETED') {
      this.#waiting.delete(uid);
      this.#queue.add(uid);
      return;
    }
    for (const owner of change.object.metadata.ownerReferences ?? []) {
      const known = this.#dependents.get(owner.uid) ?? new Map<string, Dependent>();
      known.set(id, dependent);
      this.#dependents.set(owner.uid, known);
    }
    const ours = Object.values(collectorFinalizers);
    if (deletionTimestamp && finalizers?.some((name) => ours.includes(name))) {
      this.#waiting.set(uid, dependent);
      this.#queue.add(uid);
    }
  }

  #object({ resource, key }: Dependent): ApiObject | undefined {
    return this.#plane.api.store.collection(resource.storage).get(key);
  }

  #collect(ownerUid: string): void {
    const waiting = this.#waiting.get(ownerUid);
    const owner = waiting && this.#object(waiting);
    const orphaning = owner?.metadata.finalizers?.includes(collectorFinalizers.orphan) ?? false;
    let blocking = 0;
    for (const dependent of [...(this.#dependents.get(ownerUid)?.values() ?? [])]) {
      const object = this.#object(dependent);
      if (!object) continue;
      if (orphaning) this.#orphan(dependent, object, ownerUid);
      else if (!this.#delete(dependent, object, ownerUid)) blocking++;
    }
    if (this.#dependents.get(ownerUid)?.size === 0) this.#dependents.delete(ownerUid);
    if (!waiting || !owner || blocking > 0) return;
    this.#release(waiting, owner);
  }

  /** Deletes a dependent unless another owner still lives; true when it is gone. */
  #delete(dependent: Dependent, object: ApiObject, ownerUid: string): boolean {
    const { api } = this.#plane;
    const others = object.metadata.ownerReferences?.filter(({ uid }) => uid !== ownerUid) ?? [];
    const alive = others.some((owner) => this.#lives(owner.uid, owner.kind, object));
    if (alive) {
      this.#orphan(dependent, object, ownerUid);
      return true;
    }
    if (object.metadata.deletionTimestamp) return false;
    return deleteObject(api, dependent.resource, object.metadata).gone;
  }

  #lives(uid: string, kind: string, dependent: ApiObject): boolean {
    return resources
      .filter((resource) => resource.kind === kind)
      .some((resource) => {
        const namespace = resource.namespaced ? dependent.metadata.namespace : undefined;
        return [...this.#plane.api.store.list(resource, namespace)].some((o) => o.metadata.uid === uid);
      });
  }

  #orphan({ resource }: Dependent, object: ApiObject, ownerUid: string): void {
    this.#plane.api.modify(resource, object.metadata, { manager: controllerManager }, (draft) => {
      const kept = draft.metadata.ownerReferences?.filter(({ uid }) => uid !== ownerUid) ?? [];
      if (kept.length > 0) draft.metadata.ownerReferences = kept;
      else delete draft.metadata.ownerReferences;
    });
  }

  /** Takes our finalizers off an owner; the API then removes it unless others hold it. */
  #release({ resource }: Dependent, owner: ApiObject): void {
    const ours = Object.values(collectorFinalizers);
    this.#plane.api.modify(resource, owner.metadata, { manager: controllerManager }, (draft) => {
      const kept = draft.metadata.finalizers?.filter((name) => !ours.includes(name)) ?? [];
      if (kept.length > 0) draft.metadata.finalizers = kept;
      else delete draft.metadata.finalizers;
    });
  }
}

/** Starts the garbage collector. */
export function startGarbageCollector(plane: ControlPlane): Stop {
  const collector = new GarbageCollector(plane);
  return () => {
    collector.stop();
  };
}
