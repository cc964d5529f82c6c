import { groupBy } from '../base/groupBy.ts';
import type { Pod } from '../model/objects.ts';
import { workloadOf } from '../model/workload.ts';
import { PodClasses } from './classes.ts';
import { ReachMatrix, type Passage } from './matrix.ts';
import type { World } from './world.ts';

/** Pods under the name of what owns them. */
export interface PodGroup {
  /** `deployment/NS/NAME` and so on, or `pod/NS/NAME` where nothing owns it. */
  readonly ref: string;
  readonly pods: readonly Pod[];
  /** How many pods that nothing owns are put together here under the first one's name. */
  readonly alike?: number;
}

/** What may pass from one group to another. */
export interface Pair extends Passage {
  readonly source: PodGroup;
  readonly target: PodGroup;
}

/** Of more groups than this, pods that nothing owns are put together where they have the same labels. */
const manyGroups = 2_000;

/** Groups pods by owner; those that have ended are left out. */
export function byWorkload(pods: readonly Pod[]): readonly PodGroup[] {
  const living = pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  return [...groupBy(living, ownerRef)].map(([ref, owned]) => ({ ref, pods: owned }));
}

/** Groups pods by owner, and one by one where the policies can tell an owner's pods apart. */
export function groupPods({ snapshot }: World): readonly PodGroup[] {
  const pods = snapshot.all('Pod');
  const classes = new PodClasses(snapshot, pods);
  const groups = byWorkload(pods).flatMap((group) => {
    if (new Set(group.pods.map((pod) => classes.of(pod))).size === 1) return [group];
    return group.pods.map((pod) => ({ ref: `pod/${pod.namespace}/${pod.name}`, pods: [pod] }));
  });
  return groups.length > manyGroups ? togetherIfAlike(groups, classes) : groups;
}

function togetherIfAlike(groups: readonly PodGroup[], classes: PodClasses): readonly PodGroup[] {
  const numbers = new Map<unknown, number>();
  const keyOf = ({ ref, pods: [pod] }: PodGroup): string => {
    if (pod === undefined || pod.owner !== undefined) return ref;
    const podClass = classes.of(pod);
    const number = numbers.get(podClass) ?? numbers.size;
    numbers.set(podClass, number);
    return `${number} ${JSON.stringify(Object.entries(pod.labels).sort())}`;
  };
  return [...groupBy(groups, keyOf).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    return [{ ref: first.ref, pods: same.flatMap(({ pods }) => pods), alike: same.length }];
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
      yield { source: from, target: to, ...matrix.between(source, target) };
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
