import { list, record, text, type Json } from '../model/json.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { kinds, type AnyObject, type Kind, type Pod } from '../model/objects.ts';
import { readers } from '../model/readObject.ts';
import { Snapshot } from '../model/snapshot.ts';
import { workloadOf } from '../model/workload.ts';
import { mirroredSlices, wholeObjects } from './manifestObjects.ts';
import { hasSeveral, podOfWorkload } from './workloadPods.ts';
import type { World } from './world.ts';

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

/** Kinds of the core group, whose names others use too, such as Knative's Service. */
const coreKinds: ReadonlySet<string> = new Set(['Pod', 'Service', 'Endpoints', 'Node', 'Namespace']);

/** What manifests say, as if it were applied to an empty cluster. */
export interface FilesWorld extends World {
  /** Policies that are not evaluated here, by kind, namespace and name. */
  readonly notEvaluated: readonly string[];
}

/**
 * Makes a World of objects as manifests hold them: Lists are opened, a missing namespace is
 * `defaultNamespace`, and a workload stands for one pod of its template that bears the workload's name, unless its
 * pods are among the objects, as in what `kubectl get all` prints.
 */
export function worldOfObjects(objects: readonly Json[], defaultNamespace = 'default'): FilesWorld {
  const known: AnyObject[] = [];
  const endpoints: Json[] = [];
  const makers: { readonly kind: string; readonly object: Json }[] = [];
  const notEvaluated: string[] = [];
  const [replicated, unready] = [new Set<Pod>(), new Set<Pod>()];
  for (const whole of wholeObjects(objects, defaultNamespace)) {
    const kind = text(whole.kind);
    const object = clusterScoped.has(kind) ? withoutNamespace(whole) : whole;
    const group = policyGroups.get(kind);
    const version = text(object.apiVersion);
    if ((group !== undefined && !version.startsWith(group)) || otherPolicies.test(kind)) {
      notEvaluated.push(refOf(object));
    } else if (coreKinds.has(kind) && version.includes('/')) continue;
    else if (kind === 'Endpoints') endpoints.push(object);
    else if (isKind(kind)) {
      const read = readers[kind](object);
      known.push(read);
      if (read.kind === 'Pod' && !read.ready && saysReadiness(object)) unready.add(read);
    } else makers.push({ kind, object });
  }
  known.push(...slicesByHand(endpoints, known));
  const made = new Set(known.filter((object) => object.kind === 'Pod').flatMap(makersOf));
  const present = new Set(makers.map(({ kind, object }) => keyOf(kind, object)));
  for (const { kind, object } of makers) {
    if (made.has(keyOf(kind, object)) || ownersOf(object).some((owner) => present.has(owner))) continue;
    const pod = podOfWorkload(kind, object);
    if (pod === undefined) continue;
    const read = readers.Pod(pod);
    known.push(read);
    if (hasSeveral(kind, object)) replicated.add(read);
  }
  return { snapshot: Snapshot.of(known), running: false, notEvaluated, replicated, unready };
}

/** What an Endpoints object says counts where no slice of its Service is among the objects. */
function slicesByHand(endpoints: readonly Json[], known: readonly AnyObject[]): readonly AnyObject[] {
  const sliced = new Set(
    known.flatMap((object) =>
      object.kind === 'EndpointSlice' ? [`${object.namespace}/${object.serviceName}`] : [],
    ),
  );
  return endpoints
    .filter(
      ({ metadata }) => !sliced.has(`${text(record(metadata).namespace)}/${text(record(metadata).name)}`),
    )
    .flatMap(mirroredSlices)
    .map(readers.EndpointSlice);
}

/** Whether a pod's manifest has a status that tells how it is, as one that a cluster printed. */
function saysReadiness({ status }: Json): boolean {
  if (text(record(status).phase) !== '') return true;
  return list(record(status).conditions).some((condition) => record(condition).type === 'Ready');
}

/** The workload of a pod, and the ReplicaSet between. */
function makersOf(pod: Pod): readonly string[] {
  const workload = workloadOf(pod);
  return [workload, pod.owner].flatMap((maker) =>
    maker === undefined ? [] : [`${maker.kind}/${pod.namespace}/${maker.name}`],
  );
}

function keyOf(kind: string, { metadata }: Json): string {
  return `${kind}/${text(record(metadata).namespace)}/${text(record(metadata).name)}`;
}

/** What made this workload and so stands for its pods too: a ReplicaSet's Deployment, a Job's CronJob. */
function ownersOf({ metadata }: Json): readonly string[] {
  const { namespace, ownerReferences } = record(metadata);
  return list(ownerReferences)
    .map(record)
    .map(({ kind, name }) => `${text(kind)}/${text(namespace)}/${text(name)}`);
}

function isKind(kind: string): kind is Kind {
  return (kinds as readonly string[]).includes(kind);
}

function withoutNamespace(object: Json): Json {
  return { ...object, metadata: { ...record(object.metadata), namespace: '' } };
}

function refOf(object: Json): string {
  const { namespace, name } = record(object.metadata);
  return [text(object.kind).toLowerCase(), text(namespace), text(name)].filter(Boolean).join('/');
}
