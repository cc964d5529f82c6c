import type { Kind } from '../../model/objects.ts';

interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Only some clusters have it, in a version that discovery tells. */
  readonly optional?: true;
}

const policyApi = 'policy.networking.k8s.io';

/** Where the API serves each kind. */
export const resources: Readonly<Record<Kind, Resource>> = {
  Namespace: { group: '', plural: 'namespaces', namespaced: false },
  Node: { group: '', plural: 'nodes', namespaced: false },
  Pod: { group: '', plural: 'pods', namespaced: true },
  Service: { group: '', plural: 'services', namespaced: true },
  NetworkPolicy: { group: 'networking.k8s.io', plural: 'networkpolicies', namespaced: true },
  PersistentVolumeClaim: { group: '', plural: 'persistentvolumeclaims', namespaced: true },
  PersistentVolume: { group: '', plural: 'persistentvolumes', namespaced: false },
  StorageClass: { group: 'storage.k8s.io', plural: 'storageclasses', namespaced: false },
  AdminNetworkPolicy: { group: policyApi, plural: 'adminnetworkpolicies', namespaced: false, optional: true },
  BaselineAdminNetworkPolicy: {
    group: policyApi,
    plural: 'baselineadminnetworkpolicies',
    namespaced: false,
    optional: true,
  },
  ClusterNetworkPolicy: {
    group: policyApi,
    plural: 'clusternetworkpolicies',
    namespaced: false,
    optional: true,
  },
  EndpointSlice: { group: 'discovery.k8s.io', plural: 'endpointslices', namespaced: true },
};

/**
 * The path of a kind's collection.
 * @param namespace '' for all of them, or for cluster-scoped kinds
 * @param version of its API group
 */
export function collectionPath(kind: Kind, namespace: string, version = 'v1'): string {
  const { group, plural } = resources[kind];
  const api = group === '' ? '/api/v1' : `/apis/${group}/${version}`;
  return namespace === ''
    ? `${api}/${plural}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
