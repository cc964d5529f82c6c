import type { Pod } from '../model/objects.ts';
import { allPorts, difference, intersection, isEmpty, noPorts, union, type PortSet } from './portSet.ts';
import { isolation, onSubjectsNode } from './podToPod.ts';
import type { Direction, Party } from './openings.ts';
import type { World } from './world.ts';

/** Pods that no rule can tell apart, under the name of what owns them. */
export interface PodGroup {
  /** `deployment/NS/NAME` and so on, or `pod/NS/NAME` where nothing owns it. */
  readonly ref: string;
  readonly pods: readonly Pod[];
}

/** What may pass from one group to another. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly allowed: PortSet;
  /** Ports on which it depends on the network plugin. */
  readonly depends: PortSet;
}

/** Groups pods by owner, and within an owner by what selectors and ports can see of them. */
export function groupPods(pods: readonly Pod[]): readonly PodGroup[] {
  const byOwner = Map.groupBy(pods, ownerRef);
  return [...byOwner].flatMap(([ref, owned]) => {
    const alike = [...Map.groupBy(owned, visibleToPolicies).values()];
    if (alike.length === 1) return [{ ref, pods: owned }];
    return owned.map((pod) => ({ ref: `pod/${pod.namespace}/${pod.name}`, pods: [pod] }));
  });
}

/** What may pass between every two groups, and within each group of more than one pod. */
export function* allPairs(world: World, groups: readonly PodGroup[]): Generator<Pair> {
  for (const from of groups) {
    const [source] = from.pods;
    if (source === undefined) continue;
    for (const to of groups) {
      const target = to === from ? to.pods[1] : to.pods[0];
      if (target === undefined) continue;
      yield { from: from.ref, to: to.ref, ...portsBetween(world, source, target) };
    }
  }
}

/** The ports on which `from` reaches `to`: allowed by both sides, and those where one side depends. */
export function portsBetween(
  world: World,
  from: Pod,
  to: Pod,
): { readonly allowed: PortSet; readonly depends: PortSet } {
  const egress = oneSide(world, 'egress', from, { is: 'pod', pod: to });
  const ingress = oneSide(world, 'ingress', to, { is: 'pod', pod: from });
  const allowed = intersection(egress.allowed, ingress.allowed);
  const possible = intersection(
    union(egress.allowed, egress.depends),
    union(ingress.allowed, ingress.depends),
  );
  return { allowed, depends: difference(possible, allowed) };
}

function oneSide(
  world: World,
  direction: Direction,
  subject: Pod,
  peer: Party,
): { allowed: PortSet; depends: PortSet } {
  const { by, openings } = isolation(world, direction, subject, peer);
  const open = by.length === 0 || (direction === 'ingress' && onSubjectsNode(subject, peer));
  if (open) return { allowed: allPorts, depends: noPorts };
  if (subject.hostNetwork) return { allowed: noPorts, depends: allPorts };
  const allowed = openings
    .filter(({ certain }) => certain)
    .map(({ ports }) => ports)
    .reduce(union, noPorts);
  const possible = openings.map(({ ports }) => ports).reduce(union, noPorts);
  return { allowed, depends: isEmpty(possible) ? noPorts : difference(possible, allowed) };
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
