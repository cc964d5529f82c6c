/** Pods made from a template: creating them, adopting and releasing them, choosing which to delete. */
import { deleteObject } from '../api/deletion.ts';
import { controllerOf, ownedBy } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import { isPodFinished, isPodReady } from '../objects/pod.ts';
import type { Pod, PodTemplate } from '../objects/pod.ts';
import { pods } from '../resources/catalog.ts';
import { controllerManager } from './controller.ts';
import type { ControlPlane } from './controller.ts';

/** Pods created or deleted in one pass; the rest follows with the next change. */
const burst = 100;

export interface PodMaker {
  name?: string;
  labels?: Record<string, string>;
  /** Changes the copy of the template's spec. */
  adjust?: (spec: PodTemplate['spec']) => void;
}

/** Creates one pod of a template; throws what the API throws. */
export function createPod(
  plane: ControlPlane,
  owner: ApiObject,
  template: PodTemplate,
  maker: PodMaker = {},
): Pod {
  const spec = structuredClone(template.spec);
  maker.adjust?.(spec);
  const { labels, annotations } = template.metadata ?? {};
  const base = `${owner.metadata.name}-`;
  const pod = {
    metadata: {
      ...(maker.name === undefined ? { generateName: base } : { name: maker.name }),
      labels: { ...labels, ...maker.labels },
      ...(annotations ? { annotations } : {}),
      ownerReferences: [ownedBy(owner)],
    },
    spec,
  };
  const created = plane.api.create(pods, owner.metadata.namespace, pod, {
    manager: controllerManager,
  }).object;
  const component = `${owner.kind.toLowerCase()}-controller`;
  plane.recorder.record(
    owner,
    { component },
    { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${created.metadata.name}` },
  );
  return created;
}

export function deletePod(plane: ControlPlane, owner: ApiObject, pod: Pod): void {
  deleteObject(plane.api, pods, pod.metadata);
  const component = `${owner.kind.toLowerCase()}-controller`;
  plane.recorder.record(
    owner,
    { component },
    { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` },
  );
}

/** The pods that an owner controls, finished and terminating ones included. */
export function podsOf(plane: ControlPlane, owner: ApiObject): Pod[] {
  return [...plane.api.store.list(pods, owner.metadata.namespace)].filter(
    (pod) => controllerOf(pod)?.uid === owner.metadata.uid,
  );
}

/** Takes matching pods that nobody controls, lets go of those that match no more, and returns the owned ones. */
export function claimPods(plane: ControlPlane, owner: ApiObject, matches: (pod: Pod) => boolean): Pod[] {
  const { api } = plane;
  const writer = { manager: controllerManager };
  for (const pod of [...api.store.list(pods, owner.metadata.namespace)]) {
    const controller = controllerOf(pod);
    if (controller && controller.uid !== owner.metadata.uid) continue;
    if (!controller && !pod.metadata.deletionTimestamp && !isPodFinished(pod) && matches(pod)) {
      api.modify(pods, pod.metadata, writer, (draft) => {
        draft.metadata.ownerReferences = [...(draft.metadata.ownerReferences ?? []), ownedBy(owner)];
      });
    } else if (controller && !matches(pod)) {
      api.modify(pods, pod.metadata, writer, (draft) => {
        const kept = draft.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? [];
        if (kept.length > 0) draft.metadata.ownerReferences = kept;
        else delete draft.metadata.ownerReferences;
      });
    }
  }
  return podsOf(plane, owner);
}

export function isActive(pod: Pod): boolean {
  return !isPodFinished(pod) && !pod.metadata.deletionTimestamp;
}

/** Which pods to give up first: not scheduled, not ready, then the newest. */
function byWorth(a: Pod, b: Pod): number {
  const rank = (pod: Pod): number => (pod.spec.nodeName ? 1 : 0) + (isPodReady(pod) ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return (a.metadata.creationTimestamp ?? '') > (b.metadata.creationTimestamp ?? '') ? -1 : 1;
}

/** Creates or deletes pods until as many are active as wanted. */
export function scalePods(
  plane: ControlPlane,
  owner: ApiObject,
  template: PodTemplate,
  owned: readonly Pod[],
  wanted: number,
): void {
  const active = owned.filter(isActive);
  const missing = Math.min(wanted - active.length, burst);
  for (let count = 0; count < missing; count++) createPod(plane, owner, template);
  const surplus = Math.min(active.length - wanted, burst);
  if (surplus <= 0) return;
  for (const pod of [...active].sort(byWorth).slice(0, surplus)) deletePod(plane, owner, pod);
}
