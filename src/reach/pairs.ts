import { groupBy } from '../base/groupBy.ts';
import type { Pod } from '../model/objects.ts';
import { ReachMatrix, type Passage } from './matrix.ts';
import type { World } from './world.ts';

/** Pods that no rule can tell apart, under the name of what owns them. */
export interface PodGroup {
  /** `deployment/NS/NAME` and so on, or `pod/NS/NAME` where nothing owns it. */
  readonly ref: string;
  readonly pods: readonly Pod[];
}

/** What may pass from one group to another. */
export interface Pair extends Passage {
  readonly from: string;
  readonly to: string;
}

/** Groups pods by owner, and within an owner by what selectors and ports can see of them. */
export function groupPods(pods: readonly Pod[]): readonly PodGroup[] {
  const byOwner = groupBy(pods, ownerRef);
  return [...byOwner].flatMap(([ref, owned]) => {
    const alike = [...groupBy(owned, visibleToPolicies).values()];
    if (alike.length === 1) return [{ ref, pods: owned }];
    return owned.map((pod) => ({ ref: `pod/${pod.namespace}/${pod.name}`, pods: [pod] }));
  });
}

/** What may pass between every two groups, and within each group of more than one pod. */
export function* allPairs(world: World, groups: readonly PodGroup[]): Generator<Pair> {
  const matrix = new ReachMatrix(
    world,
    groups.flatMap(({ pods }) => pods),
  );
  for (const from of groups) {
    const [source] = from.pods;
    if (source === undefined) continue;
    for (const to of groups) {
      const target = to === from ? to.pods[1] : to.pods[0];
      if (target === undefined) continue;
      yield { from: from.ref, to: to.ref, ...matrix.between(source, target) };
    }
  }
}

function ownerRef(pod: Pod): string {
  const { owner } = pod;
  if (owner === undefined) return `pod/${pod.namespace}/${pod.name}`;
  const hash = pod.labels['pod-template-hash'];
  // A Deployment's pods are owned by a ReplicaSet that is named after it and the template's hash.
  const isDeployments = owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`);
  if (isDeployments) return `deployment/${pod.namespace}/${owner.name.slice(0, -hash.length - 1)}`;
  return `${owner.kind.toLowerCase()}/${pod.namespace}/${owner.name}`;
}

function visibleToPolicies(pod: Pod): string {
  const ports = pod.containers.flatMap((container) =>
    container.ports.map(({ name, port, protocol }) => [name, port, protocol]),
  );
  return JSON.stringify([Object.entries(pod.labels).sort(), ports, pod.hostNetwork]);
}
