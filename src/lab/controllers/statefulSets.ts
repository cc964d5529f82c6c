/** The StatefulSet controller: pods with fixed names, one after the other, each with its own claims. */
import { controllerOf, keyOf } from '../objects/meta.ts';
import { isPodFinished, isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import type { StatefulSet } from '../objects/workloads.ts';
import { persistentVolumeClaims, pods, statefulSets } from '../resources/catalog.ts';
import { matchesSelector } from '../store/selectors.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { claimPods, createPod, deletePod } from './podSet.ts';
import { hasRevision, revisionLabel, templateRevision } from './revisions.ts';
import { WorkQueue } from './workQueue.ts';

function ordinalOf(set: StatefulSet, pod: Pod): number {
  const suffix = pod.metadata.name.slice(set.metadata.name.length + 1);
  return /^\d+$/.test(suffix) ? Number(suffix) : -1;
}

function createClaims(plane: ControlPlane, set: StatefulSet, podName: string): void {
  const { namespace } = set.metadata;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = `${template.metadata.name}-${podName}`;
    if (plane.api.store.get(persistentVolumeClaims, { namespace, name })) continue;
    const metadata = { ...template.metadata, name, labels: set.spec.selector.matchLabels ?? {} };
    const spec = structuredClone(template.spec);
    plane.api.create(persistentVolumeClaims, namespace, { metadata, spec }, { manager: controllerManager });
  }
}

function createMember(plane: ControlPlane, set: StatefulSet, ordinal: number, revision: string): void {
  const name = `${set.metadata.name}-${ordinal}`;
  createClaims(plane, set, name);
  createPod(plane, set, set.spec.template, {
    name,
    labels: {
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
      [revisionLabel]: revision,
    },
    adjust: (spec) => {
      spec.hostname = name;
      if (set.spec.serviceName) spec.subdomain = set.spec.serviceName;
      const claims = (set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({
        name: metadata.name,
        persistentVolumeClaim: { claimName: `${metadata.name}-${name}` },
      }));
      const own = (spec.volumes ?? []).filter(
        (volume) => !claims.some((claim) => claim.name === volume.name),
      );
      if (claims.length > 0) spec.volumes = [...own, ...claims];
    },
  });
}

function settled(pod: Pod): boolean {
  return isPodReady(pod) && !pod.metadata.deletionTimestamp;
}

function step(plane: ControlPlane, set: StatefulSet, owned: readonly Pod[]): void {
  const wanted = set.spec.replicas ?? 1;
  const revision = templateRevision(set.metadata.name, set.spec.template);
  const parallel = set.spec.podManagementPolicy === 'Parallel';
  const members = new Map(owned.map((pod) => [ordinalOf(set, pod), pod]));
  for (let ordinal = 0; ordinal < wanted; ordinal++) {
    const pod = members.get(ordinal);
    if (pod && isPodFinished(pod) && !pod.metadata.deletionTimestamp) deletePod(plane, set, pod);
    else if (!pod) createMember(plane, set, ordinal, revision);
    // In order: the next one waits until this one is ready.
    if (!parallel && (!pod || !settled(pod))) return;
  }
  const surplus = [...members].filter(([ordinal]) => ordinal >= wanted).sort(([a], [b]) => b - a);
  for (const [, pod] of parallel ? surplus : surplus.slice(0, 1)) {
    if (!pod.metadata.deletionTimestamp) deletePod(plane, set, pod);
  }
  if (surplus.length > 0 || !owned.every(settled)) return;
  const outdated = [...members].filter(([, pod]) => !hasRevision(pod, revision)).sort(([a], [b]) => b - a);
  const [last] = outdated;
  if (last) deletePod(plane, set, last[1]);
}

function writeStatus(plane: ControlPlane, set: StatefulSet): void {
  const revision = templateRevision(set.metadata.name, set.spec.template);
  const owned = [...plane.api.store.list(pods, set.metadata.namespace)].filter(
    (pod) => controllerOf(pod)?.uid === set.metadata.uid && !isPodFinished(pod),
  );
  const ready = owned.filter(settled).length;
  const updated = owned.filter((pod) => hasRevision(pod, revision)).length;
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(statefulSets, set.metadata, writer, (draft) => {
    const done = updated === owned.length && ready === (set.spec.replicas ?? 1);
    draft.status = {
      observedGeneration: draft.metadata.generation ?? 1,
      replicas: owned.length,
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      availableReplicas: ready,
      ...(updated > 0 ? { updatedReplicas: updated, ...(done ? { currentReplicas: updated } : {}) } : {}),
      currentRevision: done ? revision : (draft.status.currentRevision ?? revision),
      updateRevision: revision,
      collisionCount: 0,
    };
  });
}

/** Starts the StatefulSet controller. */
export function startStatefulSets(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      const set = api.store.collection(statefulSets.storage).get(key) as StatefulSet | undefined;
      if (!set) return;
      if (!set.metadata.deletionTimestamp) {
        const matches = (pod: Pod): boolean => matchesSelector(set.spec.selector, pod.metadata.labels);
        step(
          plane,
          set,
          claimPods(plane, set, (pod) => matches(pod) && ordinalOf(set, pod) >= 0),
        );
      }
      writeStatus(plane, set);
    },
    onError: (key, error) => {
      plane.onError(`StatefulSet ${key}`, error);
    },
  });
  const stops = [
    onChangeOf(api, statefulSets, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(keyOf(object));
    }),
    onChangeOf(api, pods, ({ object }) => {
      const owner = controllerOf(object);
      if (owner?.kind === 'StatefulSet') queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
