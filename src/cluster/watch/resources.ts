import type { Kind } from '../../model/objects.ts';

interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Where the API serves each kind. */
export const resources: Readonly<Record<Kind, Resource>> = {
  Namespace: { group: '', plural: 'namespaces', namespaced: false },
  Node: { group: '', plural: 'nodes', namespaced: false },
  Pod: { group: '', plural: 'pods', namespaced: true },
  Service: { group: '', plural: 'services', namespaced: true },
  NetworkPolicy: { group: 'networking.k8s.io', plural: 'networkpolicies', namespaced: true },
  EndpointSlice: { group: 'discovery.k8s.io', plural: 'endpointslices', namespaced: true },
};

/** The path of a kind's collection. @param namespace '' for all of them, or for cluster-scoped kinds */
export function collectionPath(kind: Kind, namespace: string): string {
  const { group, plural } = resources[kind];
  const api = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  return namespace === ''
    ? `${api}/${plural}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
