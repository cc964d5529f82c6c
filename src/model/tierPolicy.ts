import type { ObjectMeta, Protocol } from './objects.ts';
import { readLabelSelector, type LabelSelector } from './labelSelector.ts';
import { integer, list, record, text, type Json } from './json.ts';
import { protocolOf } from './protocol.ts';
import { readMeta } from './readMeta.ts';

/*
 * The cluster-wide policies of sigs.k8s.io/network-policy-api, read into one form: AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy (v1alpha1), and ClusterNetworkPolicy (v1alpha2, v1beta1), which replaces both.
 */

export const tierPolicyKinds = [
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
] as const;
export type TierPolicyKind = (typeof tierPolicyKinds)[number];

/** A policy that is evaluated before all NetworkPolicies (admin) or after them (baseline). */
export interface TierPolicy extends ObjectMeta {
  readonly kind: TierPolicyKind;
  readonly tier: 'admin' | 'baseline';
  /** Lower comes first within the tier; between equals the API leaves the order open. */
  readonly priority: number;
  /** Which pods it is about; pods on their node's network are never among them. undefined: an unknown form, nobody. */
  readonly subject: PodSet | undefined;
  readonly ingress: readonly TierRule[];
  readonly egress: readonly TierRule[];
}

/** Pods of namespaces; an absent pod selector means all of them. */
export interface PodSet {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector | undefined;
}

export interface TierRule {
  readonly name: string;
  readonly action: 'allow' | 'deny' | 'pass';
  readonly peers: readonly TierPeer[];
  /** undefined: every port and protocol. */
  readonly ports: readonly TierPort[] | undefined;
}

export type TierPeer =
  | { readonly is: 'pods'; readonly pods: PodSet }
  | { readonly is: 'nodes'; readonly selector: LabelSelector }
  /** CIDRs; they mean pods with such an address, too. */
  | { readonly is: 'networks'; readonly cidrs: readonly string[] }
  | { readonly is: 'domains'; readonly names: readonly string[] }
  /** A form this reader does not know: matches nothing in an allow rule, and denies all in the others (API text). */
  | { readonly is: 'unknown' };

export type TierPort =
  | { readonly is: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  /** A container port's name on the destination, whatever its protocol. */
  | { readonly is: 'named'; readonly name: string };

/** Reads a policy of one of the three kinds as the API serves it. */
export function readTierPolicy(kind: TierPolicyKind): (object: Json) => TierPolicy {
  return (object) => {
    const spec = record(object.spec);
    const baseline =
      kind === 'BaselineAdminNetworkPolicy' || (kind === 'ClusterNetworkPolicy' && spec.tier === 'Baseline');
    return {
      kind,
      ...readMeta(object),
      tier: baseline ? 'baseline' : 'admin',
      priority: integer(spec.priority) ?? 0,
      subject: readPods(record(spec.subject)),
      ingress: list(spec.ingress).map((rule) => readRule(record(rule), 'from')),
      egress: list(spec.egress).map((rule) => readRule(record(rule), 'to')),
    };
  };
}

/** `namespaces` or `pods` of a subject or peer; undefined for neither, and for a form of an older version. */
function readPods(json: Json): PodSet | undefined {
  // Read as a selector, `namespaces: { namespaceSelector: … }` of the first versions would select all of them.
  if (hasOthers(json.namespaces, ['matchLabels', 'matchExpressions'])) return undefined;
  if (hasOthers(json.pods, ['namespaceSelector', 'podSelector'])) return undefined;
  const namespaces = readLabelSelector(json.namespaces);
  if (namespaces !== undefined) return { namespaceSelector: namespaces, podSelector: undefined };
  if (json.pods === undefined || json.pods === null) return undefined;
  const pods = record(json.pods);
  const empty: LabelSelector = { matchLabels: {}, matchExpressions: [] };
  return {
    namespaceSelector: readLabelSelector(pods.namespaceSelector) ?? empty,
    podSelector: readLabelSelector(pods.podSelector) ?? empty,
  };
}

function hasOthers(value: unknown, known: readonly string[]): boolean {
  return Object.keys(record(value)).some((field) => !known.includes(field));
}

function readRule(rule: Json, peersField: 'from' | 'to'): TierRule {
  const ports = list(rule.protocols ?? rule.ports);
  return {
    name: text(rule.name),
    action: actionOf(rule.action),
    peers: list(rule[peersField]).map((peer) => readPeer(record(peer))),
    ports: ports.length === 0 ? undefined : ports.map((port) => readPort(record(port))),
  };
}

/** v1alpha1 says Allow where later versions say Accept. */
function actionOf(action: unknown): TierRule['action'] {
  if (action === 'Allow' || action === 'Accept') return 'allow';
  return action === 'Pass' ? 'pass' : 'deny';
}

function readPeer(peer: Json): TierPeer {
  const pods = readPods(peer);
  if (pods !== undefined) return { is: 'pods', pods };
  const nodes = readLabelSelector(peer.nodes);
  if (nodes !== undefined) return { is: 'nodes', selector: nodes };
  if (Array.isArray(peer.networks)) return { is: 'networks', cidrs: peer.networks.map(text) };
  if (Array.isArray(peer.domainNames)) return { is: 'domains', names: peer.domainNames.map(text) };
  return { is: 'unknown' };
}

/** A port of `ports` (v1alpha1) or an entry of `protocols` (v1beta1). */
function readPort(entry: Json): TierPort {
  const name = text(entry.destinationNamedPort) || text(entry.namedPort);
  if (name !== '') return { is: 'named', name };
  if (entry.portNumber !== undefined) {
    const { protocol, port } = record(entry.portNumber);
    return portRange(protocol, port, port);
  }
  if (entry.portRange !== undefined) {
    const { protocol, start, end } = record(entry.portRange);
    return portRange(protocol, start, end);
  }
  const field = (['tcp', 'udp', 'sctp'] as const).find((candidate) => entry[candidate] !== undefined);
  const protocol = field?.toUpperCase();
  const { number, range, ...others } = record(record(entry[field ?? '']).destinationPort);
  if (range !== undefined) return portRange(protocol, record(range).start, record(range).end);
  // Without a destination port the whole protocol is meant.
  if (number === undefined && Object.keys(others).length === 0) return portRange(protocol, 1, 65_535);
  return portRange(protocol, number, number);
}

function portRange(protocol: unknown, first: unknown, last: unknown): TierPort {
  return {
    is: 'range',
    protocol: protocolOf(protocol),
    first: integer(first) ?? 1,
    last: integer(last) ?? 0,
  };
}
