import type { Pod, Protocol } from '../model/objects.ts';
import { lastingLabels } from '../model/passingLabels.ts';
import type { TierPolicyKind } from '../model/tierPolicy.ts';
import { isAddress } from './address.ts';
import type { Direction, Party } from './openings.ts';

/** What is to be let through on one end. */
interface Passing {
  readonly direction: Direction;
  /** The pod that is isolated. */
  readonly subject: Pod;
  readonly peer: Party;
  /** Of the destination. */
  readonly port: number;
  readonly protocol: Protocol;
}

/**
 * The least that lets one flow through where NetworkPolicies deny it: a policy of its own, with one peer and one
 * port, as YAML. Policies add up, so none that exists has to change.
 */
export function smallestPolicy({ direction, subject, peer, port, protocol }: Passing): string {
  const peers = peerLines(peer);
  const lines = [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${policyName(direction, subject, peer)}`,
    `  namespace: ${subject.namespace}`,
    'spec:',
    ...selectorLines('  ', 'podSelector', subject),
    `  policyTypes: [${direction === 'ingress' ? 'Ingress' : 'Egress'}]`,
    `  ${direction}:`,
    ...(peers.length === 0
      ? ['    - ports:']
      : [
          `    - ${direction === 'ingress' ? 'from' : 'to'}:`,
          ...peers.map((line) => `        ${line}`),
          '      ports:',
        ]),
    `        - { protocol: ${protocol}, port: ${port} }`,
    '',
  ];
  return lines.join('\n');
}

/**
 * The rule that lets one flow through where a cluster-wide policy denies it; it must stand before the rule that
 * does, at `path`.
 */
export function smallestTierRule(
  { direction, subject, peer, port, protocol }: Passing,
  policy: { readonly kind: TierPolicyKind; readonly name: string },
  path: string,
): string {
  const other = peer.is === 'pod' ? peer.pod : undefined;
  const isNew = policy.kind === 'ClusterNetworkPolicy';
  const target =
    other === undefined
      ? [`- networks: [${cidrOf(peer)}]`]
      : [
          '- pods:',
          ...namespaceLines('    ', other.namespace),
          ...selectorLines('    ', 'podSelector', other),
        ];
  const lines = [
    `# in ${policy.kind} ${policy.name}, before ${path}`,
    `- name: ${policyName(direction, subject, peer)}`,
    `  action: ${isNew ? 'Accept' : 'Allow'}`,
    `  ${direction === 'ingress' ? 'from' : 'to'}:`,
    ...target.map((line) => `    ${line}`),
    isNew ? '  protocols:' : '  ports:',
    isNew
      ? `    - ${protocol.toLowerCase()}: { destinationPort: { number: ${port} } }`
      : `    - portNumber: { protocol: ${protocol}, port: ${port} }`,
    '',
  ];
  return lines.join('\n');
}

function policyName(direction: Direction, subject: Pod, peer: Party): string {
  const other = peer.is === 'pod' ? peer.pod.name : 'outside';
  const name = `allow-${other}-${direction === 'ingress' ? 'to' : 'from'}-${subject.name}`;
  // Names of objects end in a letter or digit.
  return name.slice(0, 63).replace(/[^a-z0-9]+$/, '');
}

function peerLines(peer: Party): readonly string[] {
  if (peer.is === 'pod') {
    return [
      '- namespaceSelector:',
      '    matchLabels:',
      `      kubernetes.io/metadata.name: ${peer.pod.namespace}`,
      ...selectorLines('  ', 'podSelector', peer.pod),
    ];
  }
  // An outside client whose address is not known: the rule is for everyone.
  return isAddress(peer.ip) ? [`- ipBlock: { cidr: ${cidrOf(peer)} }`] : [];
}

function cidrOf(peer: Party): string {
  const ip = peer.is === 'address' ? peer.ip : (peer.pod.ips[0] ?? '');
  return ip.includes(':') ? `"${ip}/128"` : `${ip}/32`;
}

function namespaceLines(indent: string, namespace: string): readonly string[] {
  return [
    `${indent}namespaceSelector:`,
    `${indent}  matchLabels:`,
    `${indent}    kubernetes.io/metadata.name: ${namespace}`,
  ];
}

function selectorLines(indent: string, field: string, pod: Pod): readonly string[] {
  const labels = Object.entries(lastingLabels(pod.labels));
  if (labels.length === 0)
    return [`${indent}${field}: {} # the pod has no label of its own, so this means every pod`];
  return [
    `${indent}${field}:`,
    `${indent}  matchLabels:`,
    ...labels.map(([key, value]) => `${indent}    ${plainKey(key)}: ${JSON.stringify(value)}`),
  ];
}

/** A key that YAML 1.1 might read as something else than text is quoted. */
function plainKey(key: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(key) && !/^(true|false|null|yes|no|y|n|on|off)$/i.test(key);
  return isPlain ? key : JSON.stringify(key);
}
