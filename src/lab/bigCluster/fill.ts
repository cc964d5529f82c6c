/** Fills a store with a generated cluster of any size: its pods only stand in the API, nothing runs in them. */
import { nodeObject } from '../scenarios/cluster.ts';
import type { Node } from '../objects/network.ts';
import { endpointSlices, namespaces, nodes, pods, services } from '../resources/catalog.ts';
import type { Store } from '../store/store.ts';
import { namespaceOf, podsOf, podsOfWorkload, serviceOf, sliceOf, uidOf } from './workload.ts';
import type { KnownFields, Place } from './workload.ts';

const podsOfNode = 100;
const workloadsOfNamespace = 25;
const zones = ['zone-a', 'zone-b', 'zone-c'];

/** Where the pod of a number runs: the pods of a workload are spread over the nodes. */
function placeOf(number: number, nodeCount: number): Place {
  const node = number % nodeCount;
  const slot = Math.floor(number / nodeCount);
  return {
    node: nodeName(node),
    hostIP: nodeAddress(node),
    zone: zones[node % zones.length] ?? '',
    podIP: `10.${128 + (node >> 8)}.${node & 255}.${slot + 2}`,
  };
}

function nodeName(index: number): string {
  return `worker-${String(index).padStart(4, '0')}`;
}

function nodeAddress(index: number): string {
  return `172.31.${index >> 8}.${index & 255}`;
}

function nodeOf(index: number): Node {
  const podRange = `10.${128 + (index >> 8)}.${index & 255}.0/24`;
  const object = nodeObject({ name: nodeName(index), address: nodeAddress(index), podRange });
  const metadata = { ...(object.metadata as Node['metadata']), uid: uidOf(6, index) };
  return { ...object, metadata } as Node;
}

/**
 * @param count pods; there are a tenth as many Services with a slice each, and nodes for all of them
 */
export function fillStore(store: Store, count: number): void {
  const nodeCount = Math.max(1, Math.ceil(count / podsOfNode));
  for (let index = 0; index < nodeCount; index++) store.put(nodes, nodeOf(index));
  const known: KnownFields = new Map();
  const workloads = Math.ceil(count / podsOfWorkload);
  for (let index = 0; index < workloads; index++) {
    const team = Math.floor(index / workloadsOfNamespace);
    const namespace = `team-${String(team).padStart(3, '0')}`;
    if (index % workloadsOfNamespace === 0) store.put(namespaces, namespaceOf(namespace, team));
    const workload = {
      index,
      namespace,
      name: `app-${String(index % workloadsOfNamespace).padStart(2, '0')}`,
    };
    const first = index * podsOfWorkload;
    const places = Array.from({ length: Math.min(podsOfWorkload, count - first) }, (_, replica) =>
      placeOf(first + replica, nodeCount),
    );
    const made = podsOf(workload, places, known);
    for (const pod of made) store.put(pods, pod);
    store.put(services, serviceOf(workload));
    store.put(endpointSlices, sliceOf(workload, made, places));
  }
}
