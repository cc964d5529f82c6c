import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../model/networkPolicy.ts';
import { labelsMatch } from '../model/labelSelector.ts';
import type { Labels, Pod } from '../model/objects.ts';
import { blockHas, isWholeFamily } from './address.ts';
import { isolatingPolicies } from './isolating.ts';
import { allPorts, everyPortOf, noPorts, portRange, union, type PortSet } from './portSet.ts';
import { servedPorts } from './servedPorts.ts';

/** One end of a connection: a pod, or an address that is no pod's. */
export type Party =
  | { readonly is: 'pod'; readonly pod: Pod }
  | {
      readonly is: 'address';
      /** '' where it is not known. */
      readonly ip: string;
      /** The node whose address it is. */
      readonly node?: string;
    };

export type Direction = 'ingress' | 'egress';

/** A rule of a policy that lets something through. */
export interface Opening {
  readonly policy: NetworkPolicy;
  readonly direction: Direction;
  /** Index of the rule in `spec.ingress` or `spec.egress`. */
  readonly rule: number;
  /** Index of the peer that matched; undefined where the rule is for everyone. */
  readonly peer: number | undefined;
  /** false where it depends on the network plugin or on an address that is not known. */
  readonly certain: boolean;
  readonly ports: PortSet;
}

/** What the policies say of one pod in one direction. */
export interface Isolation {
  /** The policies that select the pod and isolate it in this direction; none: everything is allowed. */
  readonly by: readonly NetworkPolicy[];
  readonly openings: readonly Opening[];
}

/** The labels of a namespace by its name. */
export type NamespaceLabels = (namespace: string) => Labels;

/**
 * Which of `policies`, those of the subject's namespace, isolate `subject` in one direction, and what they let through between it and `peer`.
 * @param destination the pod whose ports named ports are resolved on; undefined for an address.
 */
export function isolationOf(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  subject: Pod,
  peer: Party,
  destination: Pod | undefined,
  namespaceLabels: NamespaceLabels,
): Isolation {
  const by = isolatingPolicies(policies, subject)[direction];
  const openings = by.flatMap((policy) =>
    policy[direction].flatMap((rule, index) => {
      const match = matchPeers(rule, policy, peer, namespaceLabels);
      if (match === undefined) return [];
      const ports = portsOfRule(rule, destination);
      return [{ policy, direction, rule: index, ports, ...match }];
    }),
  );
  return { by, openings };
}

/** The peer that matches, a certain one before one that depends; undefined where none does. */
function matchPeers(
  rule: PolicyRule,
  policy: NetworkPolicy,
  party: Party,
  namespaceLabels: NamespaceLabels,
): { peer: number | undefined; certain: boolean } | undefined {
  if (rule.peers === undefined) return { peer: undefined, certain: true };
  let uncertain: { peer: number; certain: boolean } | undefined;
  for (const [index, peer] of rule.peers.entries()) {
    const match = peerMatches(peer, policy, party, namespaceLabels);
    if (match === 'yes') return { peer: index, certain: true };
    if (match === 'depends') uncertain ??= { peer: index, certain: false };
  }
  return uncertain;
}

/** Whether a peer means this party; `depends` where network plugins differ. */
export function peerMatches(
  peer: PolicyPeer,
  policy: NetworkPolicy,
  party: Party,
  namespaceLabels: NamespaceLabels,
): 'yes' | 'no' | 'depends' {
  if (peer.is === 'block') {
    if (party.is === 'address')
      return party.ip === '' ? unknownInBlock(peer) : yesOrNo(blockMatches(peer, party.ip));
    // Plugins differ on whether a block means pods at all, and see the address before or after translation.
    const known = party.pod.ips;
    return known.length === 0 || known.some((ip) => blockMatches(peer, ip)) ? 'depends' : 'no';
  }
  if (party.is === 'address') return 'no';
  const { pod } = party;
  const namespaceMatches =
    peer.namespaceSelector === undefined
      ? pod.namespace === policy.namespace
      : labelsMatch(peer.namespaceSelector, namespaceLabels(pod.namespace));
  const podMatches = peer.podSelector === undefined || labelsMatch(peer.podSelector, pod.labels);
  if (!namespaceMatches || !podMatches) return 'no';
  // A pod on its node's network has the node's address, by which plugins know it, if at all (NetworkPolicy docs).
  return pod.hostNetwork ? 'depends' : 'yes';
}

function yesOrNo(matches: boolean): 'yes' | 'no' {
  return matches ? 'yes' : 'no';
}

/** An address that is not known is surely in a block of all addresses only. */
function unknownInBlock({
  cidr,
  except,
}: {
  readonly cidr: string;
  readonly except: readonly string[];
}): 'yes' | 'depends' {
  return isWholeFamily(cidr) && except.length === 0 ? 'yes' : 'depends';
}

function blockMatches(
  block: { readonly cidr: string; readonly except: readonly string[] },
  ip: string,
): boolean {
  return blockHas(block.cidr, ip) === true && !block.except.some((except) => blockHas(except, ip) === true);
}

/** The ports of a rule; names are resolved on the destination pod, and match nothing on an address. */
export function portsOfRule(rule: PolicyRule, destination: Pod | undefined): PortSet {
  if (rule.ports === undefined) return allPorts;
  return rule.ports.map((port) => portsOfEntry(port, destination)).reduce(union, noPorts);
}

function portsOfEntry({ protocol, port, endPort }: PolicyPort, destination: Pod | undefined): PortSet {
  if (port === undefined) return everyPortOf(protocol);
  if (typeof port === 'number') return portRange(protocol, port, endPort ?? port);
  // A name that no container of the destination declares, or any name for an address, matches nothing.
  return (destination === undefined ? [] : servedPorts(destination))
    .filter((declared) => declared.name === port && declared.protocol === protocol)
    .map((declared) => portRange(protocol, declared.port, declared.port))
    .reduce(union, noPorts);
}
