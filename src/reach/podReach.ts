import { atOnce } from '../base/inSlices.ts';
import type { Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { AroundPod } from './aroundPod.ts';
import { PodClasses } from './classes.ts';
import { byWorkload, type PodGroup } from './pairs.ts';
import { evaluateFlow } from './podToPod.ts';
import { isEmpty, protocols, type PortSet } from './portSet.ts';
import type { Reason } from './reason.ts';
import type { Passage } from './sides.ts';
import type { World } from './world.ts';

/** Seen from one pod: who reaches it, or whom it reaches. */
export type Toward = 'in' | 'out';

/** Pods of one workload between which and the pod the same passes. */
export interface PeerReach {
  /** `deployment/NS/NAME` and so on, or `pod/NS/NAME` where nothing owns it. */
  readonly ref: string;
  readonly pods: readonly Pod[];
  /** How many pods the workload has; more than `pods` where the policies tell them apart. */
  readonly of: number;
  readonly passage: Passage;
}

export interface PodReach {
  /** Where something passes, or may pass on some network plugins. */
  readonly open: readonly PeerReach[];
  readonly closed: readonly PeerReach[];
}

/** So many pods are looked at in a millisecond or two. */
const podsAtOnce = 500;

/** What a Snapshot's pods are to each other. */
interface Known {
  readonly groups: readonly PodGroup[];
  readonly classes: PodClasses;
}

// A cache of a pure function of an immutable Snapshot; it lives as long as that does.
const cache = new WeakMap<Snapshot, Known>();

/** What the policies let through between one pod and all others, by workload. */
export function reachOf(world: World, pod: Pod, toward: Toward): PodReach {
  return atOnce(reachSteps(world, pod, toward));
}

/** The same in short pieces, for clusters with very many pods; see `inSlices`. */
export function* reachSteps(world: World, pod: Pod, toward: Toward): Generator<void, PodReach> {
  const { groups, classes } = yield* knownOf(world);
  const around = new AroundPod(world, classes, pod, toward);
  yield;
  const open: PeerReach[] = [];
  const closed: PeerReach[] = [];
  for (const { ref, pods } of groups) {
    const byPassage = new Map<Passage, Pod[]>();
    for (const [index, peer] of pods.entries()) {
      if (index % podsAtOnce === podsAtOnce - 1) yield;
      if (peer === pod) continue;
      const passage = around.with(peer);
      const alike = byPassage.get(passage);
      if (alike === undefined) byPassage.set(passage, [peer]);
      else alike.push(peer);
    }
    for (const [passage, alike] of byPassage) {
      const nothing = isEmpty(passage.allowed) && isEmpty(passage.depends);
      (nothing ? closed : open).push({ ref, pods: alike, of: pods.length, passage });
    }
    yield;
  }
  return { open, closed };
}

/** Which rules decided between the pod and a peer: for each range of ports, or for the denial. */
export function reasonsOf(
  world: World,
  pod: Pod,
  { pods, passage }: PeerReach,
  toward: Toward,
): readonly Reason[] {
  const [peer] = pods;
  if (peer === undefined) return [];
  const from = { is: 'pod', pod: toward === 'in' ? peer : pod } as const;
  const to = { is: 'pod', pod: toward === 'in' ? pod : peer } as const;
  const asked = [...firstPorts(passage.allowed), ...firstPorts(passage.depends)];
  const flows = asked.length > 0 ? asked : [{ protocol: 'TCP', port: 80 } as const];
  const found = flows.flatMap((flow) => evaluateFlow(world, { from, to, ...flow }).because);
  return [...new Map(found.map((reason) => [reason.text, reason])).values()];
}

/** One port of each range: the rules are the same for all of a range, or the next rule says so of the rest. */
function firstPorts(set: PortSet): readonly { protocol: (typeof protocols)[number]; port: number }[] {
  return protocols.flatMap((protocol) => set[protocol].slice(0, 5).map(([port]) => ({ protocol, port })));
}

function* knownOf({ snapshot }: World): Generator<void, Known> {
  const before = cache.get(snapshot);
  if (before !== undefined) return before;
  const pods = snapshot.all('Pod');
  yield;
  const classes = new PodClasses(snapshot, []);
  const owned = new Map<string, Pod[]>();
  for (let start = 0; start < pods.length; start += podsAtOnce) {
    yield;
    const some = byWorkload(pods.slice(start, start + podsAtOnce));
    for (const { ref, pods: found } of some) {
      classes.add(found);
      const known = owned.get(ref);
      if (known === undefined) owned.set(ref, [...found]);
      else known.push(...found);
    }
  }
  yield;
  const refs = [...owned.keys()].sort();
  const known = { groups: refs.map((ref) => ({ ref, pods: owned.get(ref) ?? [] })), classes };
  cache.set(snapshot, known);
  return known;
}
