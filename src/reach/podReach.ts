import type { Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ReachMatrix, type Passage } from './matrix.ts';
import { byWorkload, type PodGroup } from './pairs.ts';
import { evaluateFlow } from './podToPod.ts';
import { isEmpty, protocols, type PortSet } from './portSet.ts';
import type { Reason } from './reason.ts';
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

/** What a Snapshot's pods are to each other. */
interface Known {
  readonly groups: readonly PodGroup[];
  readonly matrix: ReachMatrix;
}

// A cache of a pure function of an immutable Snapshot; it lives as long as that does.
const cache = new WeakMap<Snapshot, Known>();

/** What the policies let through between one pod and all others, by workload. */
export function reachOf(world: World, pod: Pod, toward: Toward): PodReach {
  const { groups, matrix } = knownOf(world);
  const open: PeerReach[] = [];
  const closed: PeerReach[] = [];
  for (const { ref, pods } of groups) {
    const byPassage = new Map<Passage, Pod[]>();
    for (const peer of pods) {
      if (peer === pod) continue;
      const passage = toward === 'in' ? matrix.between(peer, pod) : matrix.between(pod, peer);
      const alike = byPassage.get(passage);
      if (alike === undefined) byPassage.set(passage, [peer]);
      else alike.push(peer);
    }
    for (const [passage, alike] of byPassage) {
      const nothing = isEmpty(passage.allowed) && isEmpty(passage.depends);
      (nothing ? closed : open).push({ ref, pods: alike, of: pods.length, passage });
    }
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

function knownOf(world: World): Known {
  let known = cache.get(world.snapshot);
  if (known === undefined) {
    const groups = [...byWorkload(world.snapshot.all('Pod'))].sort((a, b) => (a.ref < b.ref ? -1 : 1));
    known = {
      groups,
      matrix: new ReachMatrix(
        world,
        groups.flatMap(({ pods }) => pods),
      ),
    };
    cache.set(world.snapshot, known);
  }
  return known;
}
