/** Every resource the lab serves, in the order discovery lists them. */
import type { ApiObject } from '../objects/meta.ts';
import type { Endpoints, EndpointSlice, Event, Namespace, Node, Service } from '../objects/network.ts';
import type { Pod } from '../objects/pod.ts';
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../objects/workloads.ts';
import { coreEvent, eventOfGroup } from './eventForms.ts';
import type { Resource, Subresource, Verb } from './resource.ts';

const allVerbs: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const readWrite = ['get', 'patch', 'update'];
const connect = ['create', 'get'];

interface Definition {
  name: string;
  kind: string;
  schema: string;
  singular?: string;
  shortNames?: string[];
  categories?: string[];
  cluster?: boolean;
  verbs?: readonly Verb[];
  generation?: boolean;
  status?: boolean;
  returnsDeleted?: boolean;
  storage?: string;
  subresources?: Subresource[];
}

function define<T extends ApiObject>(groupVersion: string, definition: Definition): Resource<T> {
  const slash = groupVersion.indexOf('/');
  const group = slash < 0 ? '' : groupVersion.slice(0, slash);
  const status: Subresource[] =
    definition.status === false ? [] : [{ name: 'status', kind: definition.kind, verbs: readWrite }];
  return {
    group,
    version: groupVersion.slice(slash + 1),
    name: definition.name,
    singular: definition.singular ?? definition.kind.toLowerCase(),
    kind: definition.kind,
    namespaced: !definition.cluster,
    shortNames: definition.shortNames ?? [],
    categories: definition.categories ?? [],
    verbs: definition.verbs ?? allVerbs,
    subresources: [...(definition.subresources ?? []), ...status],
    schema: definition.schema,
    storage: definition.storage ?? (group ? `${definition.name}.${group}` : definition.name),
    hasGeneration: definition.generation ?? false,
    returnsDeleted: definition.returnsDeleted ?? false,
  };
}

const scale: Subresource = {
  name: 'scale',
  kind: 'Scale',
  verbs: readWrite,
  group: 'autoscaling',
  version: 'v1',
};

export const pods = define<Pod>('v1', {
  name: 'pods',
  kind: 'Pod',
  schema: 'core.v1.Pod',
  shortNames: ['po'],
  categories: ['all'],
  generation: true,
  returnsDeleted: true,
  subresources: [
    { name: 'attach', kind: 'PodAttachOptions', verbs: connect },
    { name: 'binding', kind: 'Binding', verbs: ['create'] },
    { name: 'ephemeralcontainers', kind: 'Pod', verbs: readWrite },
    { name: 'eviction', kind: 'Eviction', verbs: ['create'], group: 'policy', version: 'v1' },
    { name: 'exec', kind: 'PodExecOptions', verbs: connect },
    { name: 'log', kind: 'Pod', verbs: ['get'] },
    { name: 'portforward', kind: 'PodPortForwardOptions', verbs: connect },
  ],
});
export const services = define<Service>('v1', {
  name: 'services',
  kind: 'Service',
  schema: 'core.v1.Service',
  shortNames: ['svc'],
  categories: ['all'],
  returnsDeleted: true,
});
export const nodes = define<Node>('v1', {
  name: 'nodes',
  kind: 'Node',
  schema: 'core.v1.Node',
  shortNames: ['no'],
  cluster: true,
});
export const namespaces = define<Namespace>('v1', {
  name: 'namespaces',
  kind: 'Namespace',
  schema: 'core.v1.Namespace',
  shortNames: ['ns'],
  cluster: true,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  returnsDeleted: true,
  subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
});
export const configMaps = define<ApiObject>('v1', {
  name: 'configmaps',
  kind: 'ConfigMap',
  schema: 'core.v1.ConfigMap',
  shortNames: ['cm'],
  status: false,
});
export const secrets = define<ApiObject>('v1', {
  name: 'secrets',
  kind: 'Secret',
  schema: 'core.v1.Secret',
  status: false,
});
export const events = define<Event>('v1', {
  name: 'events',
  kind: 'Event',
  schema: 'core.v1.Event',
  shortNames: ['ev'],
  status: false,
});
export const endpoints = define<Endpoints>('v1', {
  name: 'endpoints',
  singular: 'endpoints',
  kind: 'Endpoints',
  schema: 'core.v1.Endpoints',
  shortNames: ['ep'],
  status: false,
});
export const persistentVolumes = define<ApiObject>('v1', {
  name: 'persistentvolumes',
  kind: 'PersistentVolume',
  schema: 'core.v1.PersistentVolume',
  shortNames: ['pv'],
  cluster: true,
  returnsDeleted: true,
});
export const persistentVolumeClaims = define<ApiObject>('v1', {
  name: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
  schema: 'core.v1.PersistentVolumeClaim',
  shortNames: ['pvc'],
  returnsDeleted: true,
});
export const serviceAccounts = define<ApiObject>('v1', {
  name: 'serviceaccounts',
  kind: 'ServiceAccount',
  schema: 'core.v1.ServiceAccount',
  shortNames: ['sa'],
  status: false,
  returnsDeleted: true,
});
export const replicationControllers = define<ReplicationController>('v1', {
  name: 'replicationcontrollers',
  kind: 'ReplicationController',
  schema: 'core.v1.ReplicationController',
  shortNames: ['rc'],
  categories: ['all'],
  generation: true,
  subresources: [scale],
});
export const deployments = define<Deployment>('apps/v1', {
  name: 'deployments',
  kind: 'Deployment',
  schema: 'apps.v1.Deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  generation: true,
  subresources: [scale],
});
export const replicaSets = define<ReplicaSet>('apps/v1', {
  name: 'replicasets',
  kind: 'ReplicaSet',
  schema: 'apps.v1.ReplicaSet',
  shortNames: ['rs'],
  categories: ['all'],
  generation: true,
  subresources: [scale],
});
export const statefulSets = define<StatefulSet>('apps/v1', {
  name: 'statefulsets',
  kind: 'StatefulSet',
  schema: 'apps.v1.StatefulSet',
  shortNames: ['sts'],
  categories: ['all'],
  generation: true,
  subresources: [scale],
});
export const daemonSets = define<DaemonSet>('apps/v1', {
  name: 'daemonsets',
  kind: 'DaemonSet',
  schema: 'apps.v1.DaemonSet',
  shortNames: ['ds'],
  categories: ['all'],
  generation: true,
});
export const jobs = define<Job>('batch/v1', {
  name: 'jobs',
  kind: 'Job',
  schema: 'batch.v1.Job',
  categories: ['all'],
  generation: true,
});
export const cronJobs = define<CronJob>('batch/v1', {
  name: 'cronjobs',
  kind: 'CronJob',
  schema: 'batch.v1.CronJob',
  shortNames: ['cj'],
  categories: ['all'],
  generation: true,
});
export const endpointSlices = define<EndpointSlice>('discovery.k8s.io/v1', {
  name: 'endpointslices',
  kind: 'EndpointSlice',
  schema: 'discovery.v1.EndpointSlice',
  generation: true,
  status: false,
});
const leases = define<ApiObject>('coordination.k8s.io/v1', {
  name: 'leases',
  kind: 'Lease',
  schema: 'coordination.v1.Lease',
  status: false,
});
const eventsOfGroup: Resource = {
  ...define<ApiObject>('events.k8s.io/v1', {
    name: 'events',
    kind: 'Event',
    schema: 'events.v1.Event',
    shortNames: ['ev'],
    status: false,
    storage: 'events',
  }),
  storedAs: { resource: events, fromStorage: eventOfGroup, toStorage: coreEvent },
};
export const networkPolicies = define<ApiObject>('networking.k8s.io/v1', {
  name: 'networkpolicies',
  kind: 'NetworkPolicy',
  schema: 'networking.v1.NetworkPolicy',
  shortNames: ['netpol'],
  generation: true,
  status: false,
});
export const ingresses = define<ApiObject>('networking.k8s.io/v1', {
  name: 'ingresses',
  kind: 'Ingress',
  schema: 'networking.v1.Ingress',
  shortNames: ['ing'],
  generation: true,
});
export const ingressClasses = define<ApiObject>('networking.k8s.io/v1', {
  name: 'ingressclasses',
  kind: 'IngressClass',
  schema: 'networking.v1.IngressClass',
  cluster: true,
  generation: true,
  status: false,
});
export const storageClasses = define<ApiObject>('storage.k8s.io/v1', {
  name: 'storageclasses',
  kind: 'StorageClass',
  schema: 'storage.v1.StorageClass',
  shortNames: ['sc'],
  cluster: true,
  status: false,
});

/** Of a network plugin that brings its own kind of policies; namespaced, and known to `lab/runtime/network`. */
export const ciliumNetworkPolicies = define<ApiObject>('cilium.io/v2', {
  name: 'ciliumnetworkpolicies',
  kind: 'CiliumNetworkPolicy',
  schema: 'cilium.v2.CiliumNetworkPolicy',
  shortNames: ['cnp'],
  generation: true,
  status: false,
});

export const resources: readonly Resource[] = [
  configMaps,
  endpoints,
  events,
  namespaces,
  nodes,
  persistentVolumeClaims,
  persistentVolumes,
  pods,
  replicationControllers,
  secrets,
  serviceAccounts,
  services,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
  leases,
  eventsOfGroup,
  cronJobs,
  jobs,
  ingressClasses,
  ingresses,
  networkPolicies,
  storageClasses,
  endpointSlices,
  ciliumNetworkPolicies,
];

/** The resource at a place in the paths, or undefined. */
export function findResource(group: string, version: string, name: string): Resource | undefined {
  return resources.find(
    (resource) => resource.group === group && resource.version === version && resource.name === name,
  );
}

/** The resource of a kind as manifests name it, or undefined. */
export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  return resources.find(
    (resource) =>
      resource.kind === kind &&
      apiVersion === (resource.group ? `${resource.group}/${resource.version}` : resource.version),
  );
}
