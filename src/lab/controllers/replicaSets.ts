/** The controllers of ReplicaSets and ReplicationControllers: as many pods as wanted. */
import { controllerOf, keyOf } from '../objects/meta.ts';
import { isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import type { ReplicaSet, ReplicationController } from '../objects/workloads.ts';
import { pods, replicaSets, replicationControllers } from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';
import { matchesLabels, matchesSelector } from '../store/selectors.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { claimPods, isActive, podsOf, scalePods } from './podSet.ts';
import { WorkQueue } from './workQueue.ts';

type PodKeeper = ReplicaSet | ReplicationController;

function selects(keeper: PodKeeper, pod: Pod): boolean {
  const { selector } = keeper.spec;
  if (!selector) return false;
  return keeper.kind === 'ReplicaSet'
    ? matchesSelector(selector, pod.metadata.labels)
    : matchesLabels(selector as Record<string, string>, pod.metadata.labels);
}

function writeStatus<T extends PodKeeper>(plane: ControlPlane, resource: Resource<T>, keeper: T): void {
  const owned = podsOf(plane, keeper);
  const active = owned.filter(isActive);
  const ready = active.filter(isPodReady).length;
  const wanted = Object.entries(keeper.spec.template.metadata?.labels ?? {});
  const labeled = active.filter((pod) =>
    wanted.every(([key, value]) => pod.metadata.labels?.[key] === value),
  );
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(resource, keeper.metadata, writer, (draft) => {
    draft.status = {
      ...draft.status,
      replicas: active.length,
      fullyLabeledReplicas: labeled.length,
      readyReplicas: ready,
      availableReplicas: ready,
      observedGeneration: draft.metadata.generation ?? 1,
      terminatingReplicas: owned.filter((pod) => pod.metadata.deletionTimestamp).length,
    };
    // As a real controller, zeros are left out where the field is optional.
    for (const field of ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']) {
      if (draft.status[field] === 0) Reflect.deleteProperty(draft.status, field);
    }
  });
}

function startKeeper<T extends PodKeeper>(plane: ControlPlane, resource: Resource<T>): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      const keeper = api.store.collection(resource.storage).get(key) as T | undefined;
      if (!keeper) return;
      if (!keeper.metadata.deletionTimestamp) {
        const owned = claimPods(plane, keeper, (pod) => selects(keeper, pod));
        scalePods(plane, keeper, keeper.spec.template, owned, keeper.spec.replicas ?? 1);
      }
      writeStatus(plane, resource, keeper);
    },
    onError: (key, error) => {
      plane.onError(`${resource.kind} ${key}`, error);
    },
  });
  const addOwner = (pod: Pod): void => {
    const owner = controllerOf(pod);
    if (owner?.kind === resource.kind) queue.add(`${pod.metadata.namespace ?? ''}/${owner.name}`);
  };
  const stops = [
    onChangeOf(api, resource, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(keyOf(object));
    }),
    onChangeOf(api, pods, ({ object, previous }) => {
      addOwner(object);
      if (previous) addOwner(previous);
      if (controllerOf(object)) return;
      for (const keeper of api.store.list(resource, object.metadata.namespace)) {
        if (selects(keeper, object)) queue.add(keyOf(keeper));
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}

/** Starts both controllers. */
export function startReplicaSets(plane: ControlPlane): Stop {
  const stops = [startKeeper(plane, replicaSets), startKeeper(plane, replicationControllers)];
  return () => {
    for (const stop of stops) void stop();
  };
}
