import { groupBy } from '../base/groupBy.ts';
import type { Pod } from '../model/objects.ts';
import { workloadOf } from '../model/workload.ts';
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
      const target = to === from ? (to.pods[1] ?? another(world, source)) : to.pods[0];
      if (target === undefined) continue;
      yield { from: from.ref, to: to.ref, ...matrix.between(source, target) };
    }
  }
}

/** A pod of files that stands for several meets others like itself. */
function another({ replicated }: World, pod: Pod): Pod | undefined {
  return replicated?.has(pod) ? pod : undefined;
}

function ownerRef(pod: Pod): string {
  const { kind, namespace, name } = workloadOf(pod) ?? pod;
  return `${kind.toLowerCase()}/${namespace}/${name}`;
}

function visibleToPolicies(pod: Pod): string {
  const ports = pod.containers.flatMap((container) =>
    container.ports.map(({ name, port, protocol }) => [name, port, protocol]),
  );
  return JSON.stringify([Object.entries(pod.labels).sort(), ports, pod.hostNetwork]);
}
