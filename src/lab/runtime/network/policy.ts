import { inNamespace, type Pod } from '../kube.ts';
import type { KubeObject } from '../types.ts';
import { blockContains } from './addresses.ts';
import { ciliumAllows } from './ciliumPolicy.ts';
import type { Protocol } from './stack.ts';

/** One end of a packet's way: a pod, or only an address (a node, something outside). */
export interface Party {
  readonly address: string;
  readonly pod?: Pod;
}

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

interface PolicyPeer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

interface PolicyRule {
  from?: PolicyPeer[];
  to?: PolicyPeer[];
  ports?: { port?: number | string; endPort?: number; protocol?: string }[];
}

interface NetworkPolicy extends KubeObject {
  spec?: { podSelector?: Selector; policyTypes?: string[]; ingress?: PolicyRule[]; egress?: PolicyRule[] };
}

export interface PolicyWorld {
  policies(): Iterable<KubeObject>;
  /** CiliumNetworkPolicies, which count beside the others. */
  otherPolicies?(): Iterable<KubeObject>;
  labelsOfNamespace(name: string): Record<string, string>;
  /** Whether an ipBlock never stands for a pod. */
  readonly ipBlocksMissPods?: boolean;
}

export interface Packet {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  readonly protocol: Protocol;
}

/**
 * Whether the network policies let a packet pass, as the NetworkPolicy API defines it: a pod that a policy
 * selects for a direction is isolated in it, and then only what some rule of some policy lists is allowed.
 */
export function policiesAllow(world: PolicyWorld, packet: Packet): boolean {
  return (
    directionAllowed(world, packet, 'Egress') &&
    directionAllowed(world, packet, 'Ingress') &&
    ciliumAllows(world.otherPolicies?.() ?? [], packet)
  );
}

function directionAllowed(world: PolicyWorld, packet: Packet, direction: 'Ingress' | 'Egress'): boolean {
  const { pod } = direction === 'Ingress' ? packet.to : packet.from;
  const other = direction === 'Ingress' ? packet.from : packet.to;
  if (pod === undefined || pod.spec?.hostNetwork === true) return true;
  const selecting = [...(world.policies() as Iterable<NetworkPolicy>)].filter(
    (policy) =>
      inNamespace(policy) === inNamespace(pod) &&
      typesOf(policy).includes(direction) &&
      matches(policy.spec?.podSelector ?? {}, pod.metadata.labels ?? {}),
  );
  if (selecting.length === 0) return true;
  return selecting.some((policy) => {
    const rules = direction === 'Ingress' ? policy.spec?.ingress : policy.spec?.egress;
    return (rules ?? []).some((rule) => {
      const peers = direction === 'Ingress' ? rule.from : rule.to;
      return portMatches(rule, packet) && peerMatches(world, policy, peers, other);
    });
  });
}

/** The API server fills `policyTypes` in; without it the fields decide. */
function typesOf(policy: NetworkPolicy): string[] {
  return policy.spec?.policyTypes ?? ['Ingress', ...(policy.spec?.egress === undefined ? [] : ['Egress'])];
}

function portMatches(rule: PolicyRule, packet: Packet): boolean {
  if (rule.ports === undefined || rule.ports.length === 0) return true;
  return rule.ports.some(({ port, endPort, protocol }) => {
    if ((protocol ?? 'TCP') !== packet.protocol) return false;
    if (port === undefined) return true;
    if (typeof port === 'string') return namedPort(packet.to.pod, port, packet.protocol) === packet.port;
    return packet.port >= port && packet.port <= (endPort ?? port);
  });
}

function namedPort(pod: Pod | undefined, name: string, protocol: Protocol): number | undefined {
  return pod?.spec?.containers
    ?.flatMap(({ ports }) => ports ?? [])
    .find((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)?.containerPort;
}

function peerMatches(
  world: PolicyWorld,
  policy: KubeObject,
  peers: PolicyPeer[] | undefined,
  other: Party,
): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if (ipBlock) {
      if (world.ipBlocksMissPods === true && other.pod !== undefined) return false;
      const excepted = (ipBlock.except ?? []).some((block) => blockContains(block, other.address));
      return blockContains(ipBlock.cidr, other.address) && !excepted;
    }
    const { pod } = other;
    if (pod === undefined || pod.spec?.hostNetwork === true) return false;
    const namespace = inNamespace(pod);
    const namespaceFits = namespaceSelector
      ? matches(namespaceSelector, world.labelsOfNamespace(namespace))
      : namespace === inNamespace(policy);
    return namespaceFits && matches(podSelector ?? {}, pod.metadata.labels ?? {});
  });
}

/** A label selector; an empty one selects everything. */
function matches(selector: Selector, labels: Record<string, string>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      if (operator === 'In') return value !== undefined && values.includes(value);
      return operator === 'NotIn' && (value === undefined || !values.includes(value));
    })
  );
}
