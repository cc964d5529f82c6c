import { integer, isRecord, list, record, text, type Json } from '../model/json.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { kinds, type AnyObject, type Kind, type Pod } from '../model/objects.ts';
import { readers } from '../model/readObject.ts';
import { Snapshot } from '../model/snapshot.ts';
import type { World } from './world.ts';

/** Kinds whose pods run until they are told otherwise, or once: each with a pod template. */
const workloads: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'StorageClass',
  ...tierPolicyKinds,
]);

/** Kinds of other vendors' policies, which are named and not evaluated. */
const otherPolicies = /^(Cilium(Clusterwide)?NetworkPolicy|GlobalNetworkPolicy|AuthorizationPolicy)$/;

/** The group each policy kind is evaluated in; Calico and Antrea have kinds of the same names. */
const policyGroups: ReadonlyMap<string, string> = new Map([
  ['NetworkPolicy', 'networking.k8s.io/'],
  ...tierPolicyKinds.map((kind) => [kind, 'policy.networking.k8s.io/'] as const),
]);

/** What manifests say, as if it were applied to an empty cluster. */
export interface FilesWorld extends World {
  /** Policies that are not evaluated here, by kind, namespace and name. */
  readonly notEvaluated: readonly string[];
}

/**
 * Makes a World of objects as manifests hold them: Lists are opened, a missing namespace is
 * `defaultNamespace`, and a workload stands for one pod of its template that bears the workload's name.
 */
export function worldOfObjects(objects: readonly Json[], defaultNamespace = 'default'): FilesWorld {
  const known: AnyObject[] = [];
  const notEvaluated: string[] = [];
  const replicated = new Set<Pod>();
  for (const object of objects.flatMap(openList)) {
    const kind = text(object.kind);
    const placed = clusterScoped.has(kind) ? object : inNamespace(object, defaultNamespace);
    const group = policyGroups.get(kind);
    const foreign = group !== undefined && !text(object.apiVersion).startsWith(group);
    if (foreign || otherPolicies.test(kind)) notEvaluated.push(refOf(placed));
    else if (isKind(kind)) known.push(readers[kind](placed));
    else {
      const pod = podOfWorkload(kind, placed);
      if (pod === undefined) continue;
      const read = readers.Pod(pod);
      known.push(read);
      if (hasSeveral(kind, placed)) replicated.add(read);
    }
  }
  return { snapshot: Snapshot.of(known), running: false, notEvaluated, replicated };
}

/** Whether a workload makes more than one pod at a time. */
function hasSeveral(kind: string, { spec }: Json): boolean {
  const { replicas, parallelism } = record(spec);
  return kind === 'DaemonSet' || (integer(kind === 'Job' ? parallelism : replicas) ?? 1) > 1;
}

function openList(object: Json): readonly Json[] {
  if (!text(object.kind).endsWith('List') || !Array.isArray(object.items)) return [object];
  return list(object.items).filter(isRecord).flatMap(openList);
}

function isKind(kind: string): kind is Kind {
  return (kinds as readonly string[]).includes(kind);
}

function inNamespace(object: Json, namespace: string): Json {
  const metadata = record(object.metadata);
  if (text(metadata.namespace) !== '') return object;
  return { ...object, metadata: { ...metadata, namespace } };
}

/** A pod as the workload's controller would make it, with the labels that the controller adds and policies may use. */
function podOfWorkload(kind: string, object: Json): Json | undefined {
  const path = workloads.get(kind);
  if (path === undefined) return undefined;
  const template = record(path.reduce<unknown>((at, field) => record(at)[field], object));
  const { name, namespace, uid } = record(object.metadata);
  const labels = { ...record(record(template.metadata).labels) };
  if (kind === 'StatefulSet') {
    labels['apps.kubernetes.io/pod-index'] = '0';
    labels['statefulset.kubernetes.io/pod-name'] = `${text(name)}-0`;
  }
  return {
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: [{ kind, name, uid: text(uid), controller: true }],
    },
    spec: kind === 'StatefulSet' ? { ...record(template.spec), ...stablePodName(object) } : template.spec,
  };
}

/** What gives a StatefulSet's pod its name in the DNS of its headless Service. */
function stablePodName(object: Json): Json {
  const name = text(record(object.metadata).name);
  return { hostname: `${name}-0`, subdomain: text(record(object.spec).serviceName) };
}

function refOf(object: Json): string {
  const { namespace, name } = record(object.metadata);
  return [text(object.kind).toLowerCase(), text(namespace), text(name)].filter(Boolean).join('/');
}
