import { t } from '../../base/l10n.ts';
import type { Json } from '../../model/json.ts';
import type { Labels, Protocol } from '../../model/objects.ts';
import { lastingLabels } from '../../model/passingLabels.ts';
import { selects } from '../../model/selector.ts';

/** One end of a connection: pods of a namespace by their labels, or an address outside. */
export type ObservedEnd =
  | { readonly is: 'pods'; readonly namespace: string; readonly labels: Labels }
  | { readonly is: 'address'; readonly ip: string };

/** A connection that was made. */
export interface ObservedConnection {
  readonly from: ObservedEnd;
  readonly to: ObservedEnd;
  /** Of the destination itself: a Service's target port. */
  readonly port: number;
  readonly protocol: Protocol;
}

/** The pods that a policy is for. */
export interface PolicySubject {
  readonly name: string;
  readonly namespace: string;
  /** Whether the manifest says its namespace. */
  readonly saysNamespace: boolean;
  readonly selector: Labels;
}

export interface ObservedPolicy {
  readonly object: Json;
  /** How many of the connections it allows; 0: none had to do with these pods. */
  readonly connections: number;
  /** What it allows beyond what was observed, and why; sentences. */
  readonly notes: readonly string[];
}

/** Where a cluster's DNS listens; every source that uses names needs it. */
const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/**
 * The smallest policy that allows the connections to and from some pods that were observed, and DNS: each peer is
 * named by its labels, each port by its number. All else is closed in both directions.
 */
export function policyFromObserved(
  subject: PolicySubject,
  observed: readonly ObservedConnection[],
): ObservedPolicy {
  const isSubject = (end: ObservedEnd): boolean =>
    end.is === 'pods' && end.namespace === subject.namespace && selects(subject.selector, end.labels);
  const incoming = observed.filter(({ to }) => isSubject(to));
  const outgoing = observed.filter(({ from }) => isSubject(from));
  const notes = new Set<string>();
  const ingress = rulesOf(incoming, ({ from }) => from, subject, notes);
  const egress = rulesOf(outgoing, ({ to }) => to, subject, notes);
  const spec = {
    podSelector: { matchLabels: subject.selector },
    policyTypes: ['Ingress', 'Egress'],
    ...(ingress.length > 0 && { ingress: ingress.map(({ peers, ports }) => ({ from: peers, ports })) }),
    egress: [dns, ...egress.map(({ peers, ports }) => ({ to: peers, ports }))],
  };
  const metadata = {
    name: `${subject.name}-observed`,
    ...(subject.saysNamespace && { namespace: subject.namespace }),
  };
  return {
    object: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec },
    connections: new Set([...incoming, ...outgoing]).size,
    notes: [...notes],
  };
}

interface Rule {
  readonly peers: readonly Json[];
  readonly ports: readonly Json[];
}

/** One rule for all peers that use the same ports. */
function rulesOf(
  connections: readonly ObservedConnection[],
  peerOf: (connection: ObservedConnection) => ObservedEnd,
  subject: PolicySubject,
  notes: Set<string>,
): readonly Rule[] {
  const ports = new Map<string, { peer: Json; ports: Set<string> }>();
  for (const connection of connections) {
    const peer = peerJson(peerOf(connection), subject, notes);
    const key = JSON.stringify(peer);
    const known = ports.get(key) ?? { peer, ports: new Set() };
    known.ports.add(`${connection.protocol}/${connection.port}`);
    ports.set(key, known);
  }
  const rules = new Map<string, { peers: Json[]; ports: readonly Json[] }>();
  for (const { peer, ports: used } of ports.values()) {
    const sorted = [...used].sort();
    const key = sorted.join();
    const rule = rules.get(key) ?? { peers: [], ports: sorted.map(portJson) };
    rule.peers.push(peer);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

function portJson(text: string): Json {
  const [protocol, port] = text.split('/');
  return { protocol, port: Number(port) };
}

function peerJson(end: ObservedEnd, subject: PolicySubject, notes: Set<string>): Json {
  if (end.is === 'address') return { ipBlock: { cidr: `${end.ip}/${end.ip.includes(':') ? 128 : 32}` } };
  const labels = sorted(lastingLabels(end.labels));
  const isNamed = Object.keys(labels).length > 0;
  if (!isNamed) {
    notes.add(
      t(
        'A pod of namespace {0} has no labels of its own, so all pods of that namespace are allowed instead of it.',
        end.namespace,
      ),
    );
  }
  const podSelector = isNamed ? { matchLabels: labels } : {};
  if (end.namespace === subject.namespace) return { podSelector };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': end.namespace } },
    podSelector,
  };
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
