/** What the parts of the simulated control plane share. */
import type { ObjectApi } from '../api/objectApi.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Resource } from '../resources/resource.ts';
import type { Change } from '../store/collection.ts';
import type { EventRecorder } from './events.ts';

export interface ControlPlane {
  api: ObjectApi;
  recorder: EventRecorder;
  /** Told of failures inside controllers, which nobody waits for. */
  onError: (where: string, error: unknown) => void;
}

/** Stops a controller: its listeners, queues and timers. */
export type Stop = () => void | Promise<void>;

export type ChangeOf<T extends ApiObject> = Omit<Change, 'object' | 'previous'> & { object: T; previous?: T };

/** Calls back for the changes of one resource. */
export function onChangeOf<T extends ApiObject>(
  api: ObjectApi,
  resource: Resource<T>,
  listener: (change: ChangeOf<T>) => void,
): () => void {
  return api.store.onChange((change, storage) => {
    // The collection of a resource holds only its objects.
    if (storage === resource.storage) listener(change as ChangeOf<T>);
  });
}

export const controllerManager = 'kube-controller-manager';
