import type { ObjectMeta, Protocol } from './objects.ts';
import { readLabelSelector, type LabelSelector } from './labelSelector.ts';
import { integer, list, record, text, type Json } from './json.ts';
import { protocolOf } from './protocol.ts';
import { readMeta } from './readMeta.ts';

/** A networking.k8s.io/v1 NetworkPolicy. */
export interface NetworkPolicy extends ObjectMeta {
  readonly kind: 'NetworkPolicy';
  /** The pods of its own namespace that it isolates; an empty selector means all of them. */
  readonly podSelector: LabelSelector;
  readonly isolates: { readonly ingress: boolean; readonly egress: boolean };
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

export interface PolicyRule {
  /** undefined: from or to everyone. */
  readonly peers: readonly PolicyPeer[] | undefined;
  /** undefined: every port and protocol. */
  readonly ports: readonly PolicyPort[] | undefined;
}

export type PolicyPeer =
  | {
      readonly is: 'pods';
      /** undefined: all pods of the namespaces meant. */
      readonly podSelector: LabelSelector | undefined;
      /** undefined: the policy's own namespace. */
      readonly namespaceSelector: LabelSelector | undefined;
    }
  | { readonly is: 'block'; readonly cidr: string; readonly except: readonly string[] };

export interface PolicyPort {
  readonly protocol: Protocol;
  /** undefined: every port of the protocol. A name is resolved on the destination pod. */
  readonly port: number | string | undefined;
  /** Inclusive; only with a number. */
  readonly endPort: number | undefined;
}

/** Reads a NetworkPolicy as the API serves it, or as a manifest has it. */
export function readNetworkPolicy(object: Json): NetworkPolicy {
  const spec = record(object.spec);
  const types = Array.isArray(spec.policyTypes) ? spec.policyTypes : undefined;
  const egress = list(spec.egress);
  return {
    kind: 'NetworkPolicy',
    ...readMeta(object),
    podSelector: readLabelSelector(spec.podSelector) ?? { matchLabels: {}, matchExpressions: [] },
    isolates: {
      // Omitted policyTypes mean Ingress, and Egress only if there are egress rules (NetworkPolicySpec.policyTypes).
      ingress: types === undefined || types.length === 0 || types.includes('Ingress'),
      egress: types === undefined || types.length === 0 ? egress.length > 0 : types.includes('Egress'),
    },
    ingress: list(spec.ingress).map((rule) => readRule(record(rule), 'from')),
    egress: egress.map((rule) => readRule(record(rule), 'to')),
  };
}

function readRule(rule: Json, peersField: 'from' | 'to'): PolicyRule {
  const peers = list(rule[peersField]);
  const ports = list(rule.ports);
  return {
    peers: peers.length === 0 ? undefined : peers.map((peer) => readPeer(record(peer))),
    ports: ports.length === 0 ? undefined : ports.map((port) => readPort(record(port))),
  };
}

function readPeer(peer: Json): PolicyPeer {
  if (peer.ipBlock !== undefined && peer.ipBlock !== null) {
    const block = record(peer.ipBlock);
    return { is: 'block', cidr: text(block.cidr), except: list(block.except).map(text) };
  }
  return {
    is: 'pods',
    podSelector: readLabelSelector(peer.podSelector),
    namespaceSelector: readLabelSelector(peer.namespaceSelector),
  };
}

function readPort(entry: Json): PolicyPort {
  const port = entry.port;
  return {
    protocol: protocolOf(entry.protocol),
    port: typeof port === 'string' && port !== '' ? port : integer(port),
    endPort: integer(entry.endPort),
  };
}
