import type { Kind, ObjectsByKind } from './objects.ts';
import type { Json } from './json.ts';
import { readEndpointSlice } from './readEndpointSlice.ts';
import { readNetworkPolicy } from './networkPolicy.ts';
import { readNamespace, readNode } from './readNode.ts';
import { readPod } from './readPod.ts';
import { readService } from './readService.ts';
import { readPersistentVolume, readPersistentVolumeClaim, readStorageClass } from './storage.ts';
import { readTierPolicy } from './tierPolicy.ts';

/** How each kind of the Snapshot is read from the API's JSON. */
export const readers: { readonly [K in Kind]: (object: Json) => ObjectsByKind[K] } = {
  Namespace: readNamespace,
  Node: readNode,
  Pod: readPod,
  Service: readService,
  EndpointSlice: readEndpointSlice,
  NetworkPolicy: readNetworkPolicy,
  PersistentVolumeClaim: readPersistentVolumeClaim,
  PersistentVolume: readPersistentVolume,
  StorageClass: readStorageClass,
  AdminNetworkPolicy: readTierPolicy('AdminNetworkPolicy'),
  BaselineAdminNetworkPolicy: readTierPolicy('BaselineAdminNetworkPolicy'),
  ClusterNetworkPolicy: readTierPolicy('ClusterNetworkPolicy'),
};
