import { labelsMatch } from '../model/labelSelector.ts';
import type { NetworkPolicy } from '../model/networkPolicy.ts';
import type { Pod } from '../model/objects.ts';
import type { PodClass } from './classes.ts';
import { isolatingPolicies } from './isolating.ts';
import { ReachMatrix, type Passage } from './matrix.ts';
import type { Direction } from './openings.ts';
import { byWorkload } from './pairs.ts';
import { difference, isEmpty, union, type PortSet } from './portSet.ts';
import type { World } from './world.ts';

/** What policies change between workloads. A workload is named as `deployment/NS/NAME`, `pod/NS/NAME` and so on. */
export interface PassageChange {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Ports that were not surely open, and are. */
  readonly gained: PortSet;
  /** Ports that were or may have been open, and surely are not any more. */
  readonly lost: PortSet;
  /** Ports that were sure, one way or the other, and now depend on the network plugin. */
  readonly unsure: PortSet;
}

/** Pods for which a direction becomes restricted at all, or no longer is: that concerns addresses outside too. */
export interface IsolationChange {
  readonly direction: Direction;
  readonly isolated: boolean;
  readonly workloads: readonly string[];
}

export interface PolicyChange {
  readonly passages: readonly PassageChange[];
  readonly isolation: readonly IsolationChange[];
  /** How many pods the policies select. */
  readonly selected: number;
}

/** Two worlds that differ in policies only, and those policies as they were and as they will be. */
export interface PolicyStep {
  readonly now: World;
  readonly then: World;
  readonly policies: readonly NetworkPolicy[];
}

/** Pods that neither world's policies can tell apart. */
interface Alike {
  readonly now: PodClass;
  readonly then: PodClass;
  readonly pods: Pod[];
}

/** What changes between all pods when the policies of one world take the place of those of the other. */
export function changeOf({ now, then, policies }: PolicyStep): PolicyChange {
  const pods = now.snapshot.all('Pod').filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  const before = new ReachMatrix(now, pods);
  const after = new ReachMatrix(then, pods);
  const alike = together(before, after);
  const workloads = new Map(
    byWorkload(pods).flatMap(({ ref, pods: owned }) => owned.map((pod) => [pod, ref] as const)),
  );
  const isSelected = (pod: Pod): boolean =>
    policies.some(
      ({ namespace, podSelector }) => namespace === pod.namespace && labelsMatch(podSelector, pod.labels),
    );
  const chosen = new Set(alike.filter(({ pods: [sample] }) => sample !== undefined && isSelected(sample)));
  const merged = new Map<string, { from: Set<string>; to: Set<string>; change: Difference }>();
  for (const source of alike) {
    for (const target of alike) {
      if (!chosen.has(source) && !chosen.has(target)) continue;
      if (source === target && source.pods.length < 2) continue;
      const change = differenceOf(
        before.betweenClasses(source.now, target.now),
        after.betweenClasses(source.then, target.then),
      );
      if (change === undefined) continue;
      const to = names(target.pods, workloads);
      const key = JSON.stringify([to, change]);
      const known = merged.get(key) ?? { from: new Set(), to: new Set(to), change };
      for (const name of names(source.pods, workloads)) known.from.add(name);
      merged.set(key, known);
    }
  }
  return {
    passages: bySources([...merged.values()]),
    isolation: isolationChanges(
      now,
      then,
      [...chosen].flatMap((each) => each.pods),
      workloads,
    ),
    selected: [...chosen].reduce((sum, each) => sum + each.pods.length, 0),
  };
}

type Difference = Pick<PassageChange, 'gained' | 'lost' | 'unsure'>;

function differenceOf(before: Passage, after: Passage): Difference | undefined {
  const gained = difference(after.allowed, before.allowed);
  const lost = difference(union(before.allowed, before.depends), union(after.allowed, after.depends));
  const unsure = difference(after.depends, before.depends);
  return isEmpty(gained) && isEmpty(lost) && isEmpty(unsure) ? undefined : { gained, lost, unsure };
}

function together(before: ReachMatrix, after: ReachMatrix): readonly Alike[] {
  const later = new Map(after.classes.flatMap((each) => each.pods.map((pod) => [pod, each] as const)));
  const found = new Map<string, Alike>();
  for (const now of before.classes) {
    for (const pod of now.pods) {
      const then = later.get(pod);
      if (then === undefined) continue;
      const key = `${now.index} ${then.index}`;
      const alike = found.get(key);
      if (alike === undefined) found.set(key, { now, then, pods: [pod] });
      else alike.pods.push(pod);
    }
  }
  return [...found.values()];
}

/** Targets to which the same sources gain and lose the same make one line. */
function bySources(
  lines: readonly { from: ReadonlySet<string>; to: ReadonlySet<string>; change: Difference }[],
): readonly PassageChange[] {
  const merged = new Map<string, { from: readonly string[]; to: Set<string>; change: Difference }>();
  for (const { from, to, change } of lines) {
    const sources = [...from].sort();
    const key = JSON.stringify([sources, change]);
    const known = merged.get(key) ?? { from: sources, to: new Set(), change };
    for (const name of to) known.to.add(name);
    merged.set(key, known);
  }
  return [...merged.values()].map(({ from, to, change }) => ({ from, to: [...to].sort(), ...change }));
}

function isolationChanges(
  now: World,
  then: World,
  pods: readonly Pod[],
  workloads: ReadonlyMap<Pod, string>,
): readonly IsolationChange[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    [true, false].flatMap((isolated) => {
      const changed = pods.filter(
        (pod) =>
          isIsolated(now, pod, direction) !== isolated && isIsolated(then, pod, direction) === isolated,
      );
      return changed.length === 0 ? [] : [{ direction, isolated, workloads: names(changed, workloads) }];
    }),
  );
}

function isIsolated({ snapshot }: World, pod: Pod, direction: Direction): boolean {
  return isolatingPolicies(snapshot.inNamespace('NetworkPolicy', pod.namespace), pod)[direction].length > 0;
}

function names(pods: readonly Pod[], workloads: ReadonlyMap<Pod, string>): readonly string[] {
  return [...new Set(pods.map((pod) => workloads.get(pod) ?? `pod/${pod.namespace}/${pod.name}`))].sort();
}
