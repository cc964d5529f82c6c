/** The DaemonSet controller: one pod on each node that will have it. */
import { controllerOf, keyOf } from '../objects/meta.ts';
import type { Node } from '../objects/network.ts';
import { isPodFinished, isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import type { DaemonSet } from '../objects/workloads.ts';
import { refusal } from '../node/scheduler.ts';
import { daemonSets, nodes, pods } from '../resources/catalog.ts';
import { matchesSelector } from '../store/selectors.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { claimPods, createPod, deletePod } from './podSet.ts';
import { hasRevision, revisionLabel, templateRevision } from './revisions.ts';
import { WorkQueue } from './workQueue.ts';

/** Daemons also go where ordinary pods are not scheduled. */
const daemonTolerations = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
];

function nodeOf(pod: Pod): string | undefined {
  return pod.spec.nodeName;
}

function eligibleNodes(plane: ControlPlane, set: DaemonSet): Node[] {
  // Judged as the scheduler would judge a pod of the template on the otherwise empty node.
  const probe = { metadata: set.metadata, spec: set.spec.template.spec, status: {} } as unknown as Pod;
  return [...plane.api.store.list(nodes)].filter((node) => {
    const schedulable = { ...node, spec: { ...node.spec, unschedulable: false } };
    return refusal(probe, schedulable, []) === undefined;
  });
}

function createDaemon(plane: ControlPlane, set: DaemonSet, node: string, revision: string): void {
  createPod(plane, set, set.spec.template, {
    labels: { [revisionLabel]: revision },
    adjust: (spec) => {
      // A real daemon is bound by the scheduler to the node its affinity names; here at once.
      spec.nodeName = node;
      const known = spec.tolerations ?? [];
      spec.tolerations = [
        ...known,
        ...daemonTolerations.map((name) => ({
          key: `node.kubernetes.io/${name}`,
          operator: 'Exists',
          effect: name === 'not-ready' || name === 'unreachable' ? 'NoExecute' : 'NoSchedule',
        })),
      ];
    },
  });
}

function step(plane: ControlPlane, set: DaemonSet, owned: readonly Pod[]): void {
  const revision = templateRevision(set.metadata.name, set.spec.template);
  const eligible = new Set(eligibleNodes(plane, set).map((node) => node.metadata.name));
  const covered = new Set<string>();
  for (const pod of owned) {
    const node = nodeOf(pod);
    const misplaced = node === undefined || !eligible.has(node) || covered.has(node);
    if (pod.metadata.deletionTimestamp) {
      if (node !== undefined) covered.add(node);
    } else if (misplaced || isPodFinished(pod)) deletePod(plane, set, pod);
    else covered.add(node);
  }
  for (const node of eligible) if (!covered.has(node)) createDaemon(plane, set, node, revision);
  const outdated = owned.filter((pod) => !hasRevision(pod, revision));
  // One at a time, and only while all others are ready.
  const calm =
    owned.length === eligible.size &&
    owned.every((pod) => isPodReady(pod) && !pod.metadata.deletionTimestamp);
  const [next] = outdated;
  if (next && calm) deletePod(plane, set, next);
}

function writeStatus(plane: ControlPlane, set: DaemonSet): void {
  const revision = templateRevision(set.metadata.name, set.spec.template);
  const owned = [...plane.api.store.list(pods, set.metadata.namespace)].filter(
    (pod) => controllerOf(pod)?.uid === set.metadata.uid && !pod.metadata.deletionTimestamp,
  );
  const ready = owned.filter(isPodReady).length;
  const desired = eligibleNodes(plane, set).length;
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(daemonSets, set.metadata, writer, (draft) => {
    draft.status = {
      currentNumberScheduled: owned.length,
      numberMisscheduled: 0,
      desiredNumberScheduled: desired,
      numberReady: ready,
      observedGeneration: draft.metadata.generation ?? 1,
      updatedNumberScheduled: owned.filter((pod) => hasRevision(pod, revision)).length,
      numberAvailable: ready,
      ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
    };
  });
}

/** Starts the DaemonSet controller. */
export function startDaemonSets(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      const set = api.store.collection(daemonSets.storage).get(key) as DaemonSet | undefined;
      if (!set) return;
      if (!set.metadata.deletionTimestamp) {
        step(
          plane,
          set,
          claimPods(plane, set, (pod) => matchesSelector(set.spec.selector, pod.metadata.labels)),
        );
      }
      writeStatus(plane, set);
    },
    onError: (key, error) => {
      plane.onError(`DaemonSet ${key}`, error);
    },
  });
  const stops = [
    onChangeOf(api, daemonSets, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(keyOf(object));
    }),
    onChangeOf(api, nodes, () => {
      for (const set of api.store.list(daemonSets)) queue.add(keyOf(set));
    }),
    onChangeOf(api, pods, ({ object }) => {
      const owner = controllerOf(object);
      if (owner?.kind === 'DaemonSet') queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
