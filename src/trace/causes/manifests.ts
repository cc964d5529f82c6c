import { stringify } from 'yaml';
import type { LabelSelector } from '../../model/labelSelector.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../../model/networkPolicy.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { lastingLabels } from '../../model/passingLabels.ts';
import { workloadOf } from '../../model/workload.ts';

/*
 * The YAML of fixes: manifests that name their object and hold the fields to change, for a server-side apply, which
 * leaves all other fields as they are. Lists without a key, such as a policy's rules, are held in full.
 */

/** Fields of a Service's spec. */
export function serviceManifest(
  { name, namespace }: Service,
  spec: Readonly<Record<string, unknown>>,
): string {
  return yamlOf({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
}

/** A NetworkPolicy as it is, with rules changed. */
export function policyManifest(
  policy: Pick<NetworkPolicy, 'name' | 'namespace' | 'podSelector' | 'isolates' | 'ingress' | 'egress'>,
): string {
  const { name, namespace, podSelector, isolates, ingress, egress } = policy;
  return yamlOf({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector: selectorOf(podSelector),
      policyTypes: [...(isolates.ingress ? ['Ingress'] : []), ...(isolates.egress ? ['Egress'] : [])],
      ...(isolates.ingress && { ingress: ingress.map((rule) => ruleOf(rule, 'from')) }),
      ...(isolates.egress && { egress: egress.map((rule) => ruleOf(rule, 'to')) }),
    },
  });
}

/**
 * Fields of the pod's spec, in the workload that makes the pod; undefined for a pod that nobody makes again, and
 * whose spec can therefore not be changed.
 */
export function podTemplateManifest(pod: Pod, spec: Readonly<Record<string, unknown>>): string | undefined {
  const workload = workloadOf(pod);
  if (workload === undefined || !/^(Deployment|StatefulSet|DaemonSet)$/.test(workload.kind)) return undefined;
  const metadata = { name: workload.name, namespace: pod.namespace };
  return yamlOf({ apiVersion: 'apps/v1', kind: workload.kind, metadata, spec: { template: { spec } } });
}

/** A peer that is exactly the pods like this one, in its namespace. */
export function peerFor(pod: Pod): PolicyPeer {
  const namespace = { 'kubernetes.io/metadata.name': pod.namespace };
  return {
    is: 'pods',
    namespaceSelector: { matchLabels: namespace, matchExpressions: [] },
    podSelector: { matchLabels: lastingLabels(pod.labels), matchExpressions: [] },
  };
}

export function portOf(port: number, protocol: PolicyPort['protocol']): PolicyPort {
  return { port, protocol, endPort: undefined };
}

function ruleOf({ peers, ports }: PolicyRule, field: 'from' | 'to'): Record<string, unknown> {
  return {
    ...(peers !== undefined && { [field]: peers.map(peerOf) }),
    ...(ports !== undefined && {
      ports: ports.map(({ protocol, port, endPort }) => ({
        protocol,
        ...(port !== undefined && { port }),
        ...(endPort !== undefined && { endPort }),
      })),
    }),
  };
}

function peerOf(peer: PolicyPeer): Record<string, unknown> {
  if (peer.is === 'block')
    return { ipBlock: { cidr: peer.cidr, ...(peer.except.length > 0 && { except: peer.except }) } };
  const { namespaceSelector, podSelector } = peer;
  return {
    ...(namespaceSelector && { namespaceSelector: selectorOf(namespaceSelector) }),
    ...(podSelector && { podSelector: selectorOf(podSelector) }),
  };
}

function selectorOf({ matchLabels, matchExpressions }: LabelSelector): Record<string, unknown> {
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

/** YAML that 1.1 readers such as kubectl read as it is meant, `y` and `on` included. */
function yamlOf(object: unknown): string {
  return stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
