/**
 * One generated workload: ten pods, their Service and its slice. What its pods have in common is made once and shared
 * by them, so that fifty thousand pods fit into memory; the store never changes objects in place.
 */
import { structSlot, allPaths } from '../fields/typedPaths.ts';
import { fieldSetJson } from '../fields/fieldSet.ts';
import { withoutServerFields } from '../fields/managers.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ManagedFieldsEntry } from '../objects/meta.ts';
import type { EndpointSlice, Namespace, Service } from '../objects/network.ts';
import type { Pod } from '../objects/pod.ts';
import { podSpec, podStatus, sharedParts } from './podParts.ts';

/** Where a pod runs. */
export interface Place {
  node: string;
  hostIP: string;
  zone: string;
  podIP: string;
}

export interface Workload {
  /** Counts from 0; everything else follows from it. */
  index: number;
  namespace: string;
  name: string;
}

export const podsOfWorkload = 10;
const created = '2026-10-01T08:00:00Z';
const started = '2026-10-01T08:00:07Z';

/** A UUID that says nothing but which object it is. */
export function uidOf(kind: number, index: number): string {
  const digits = index.toString(16).padStart(12, '0');
  return `0000000${kind}-1ab0-4000-8000-${digits}`;
}

/** Five letters as Kubernetes appends them, the same for the same number. */
function suffix(index: number): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  let text = '';
  let rest = Math.imul(index + 1, 2654435761) >>> 0;
  for (let i = 0; i < 5; i++) {
    text += letters[rest % letters.length] ?? '';
    rest = Math.floor(rest / letters.length);
  }
  return text;
}

/** The fields of the pods' specs and statuses, by the size of their environment: the same for most workloads. */
export type KnownFields = Map<string, JsonObject>;

function fieldsOf(part: 'metadata' | 'spec' | 'status', value: unknown): JsonObject {
  return fieldSetJson(withoutServerFields(allPaths({ [part]: value }, structSlot('core.v1.Pod'))));
}

function managedFieldsOf(
  pod: Omit<Pod, 'metadata'> & { metadata: object },
  size: number,
  known: KnownFields,
): ManagedFieldsEntry[] {
  const once = (part: 'spec' | 'status'): JsonObject => {
    const key = `${part} ${size}`;
    const fields = known.get(key) ?? fieldsOf(part, pod[part]);
    known.set(key, fields);
    return fields;
  };
  const entry = { operation: 'Update', apiVersion: 'v1', time: started, fieldsType: 'FieldsV1' } as const;
  return [
    {
      manager: 'kube-controller-manager',
      ...entry,
      fieldsV1: { ...fieldsOf('metadata', pod.metadata), ...once('spec') },
    },
    { manager: 'kubelet', ...entry, fieldsV1: once('status'), subresource: 'status' },
  ];
}

/** The pods of a workload. @param places where each of them runs */
export function podsOf(
  { index, namespace, name }: Workload,
  places: readonly Place[],
  known: KnownFields,
): Pod[] {
  const size = index % 5;
  const hash = (index * 7919).toString(16).padStart(9, '0').slice(-9);
  const labels = {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': `${name}-${namespace}`,
    'app.kubernetes.io/version': `1.${index % 20}.0`,
    'pod-template-hash': hash,
  };
  const annotations = {
    'checksum/config': hash.repeat(4),
    'prometheus.io/port': '9090',
    'prometheus.io/scrape': 'true',
  };
  const ownerReferences = [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: `${name}-${hash}`,
      uid: uidOf(4, index),
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
  const parts = sharedParts(name, `registry.example.com/shop/${name}:1.${index % 20}.0`, size);
  let managedFields: ManagedFieldsEntry[] | undefined;
  return places.map((place, replica) => {
    const number = index * podsOfWorkload + replica;
    const end = suffix(number);
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-${hash}-${end}`,
        generateName: `${name}-${hash}-`,
        namespace,
        uid: uidOf(1, number),
        generation: 1,
        creationTimestamp: created,
        labels,
        annotations,
        ownerReferences,
      },
      spec: podSpec(parts, end, place),
      status: podStatus(parts, number, end, place, started),
    };
    managedFields ??= managedFieldsOf(object, size, known);
    return { ...object, metadata: { ...object.metadata, managedFields } };
  });
}

/** The Service of a workload, on the cluster IP that its number gives. */
export function serviceOf({ index, namespace, name }: Workload): Service {
  const clusterIP = `10.${96 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, uid: uidOf(2, index), creationTimestamp: created, labels: { app: name } },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http' },
        { name: 'metrics', protocol: 'TCP', port: 9090, targetPort: 'metrics' },
      ],
      selector: { app: name },
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  };
}

/** The slice behind a workload's Service. */
export function sliceOf(
  { index, namespace, name }: Workload,
  pods: readonly Pod[],
  places: readonly Place[],
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${suffix(index)}`,
      generateName: `${name}-`,
      namespace,
      uid: uidOf(3, index),
      creationTimestamp: created,
      labels: {
        app: name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': name,
      },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          name,
          uid: uidOf(2, index),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    addressType: 'IPv4',
    endpoints: pods.map(({ metadata }, replica) => {
      const place = places[replica];
      return {
        addresses: [place?.podIP ?? ''],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: place?.node ?? '',
        zone: place?.zone ?? '',
        targetRef: { kind: 'Pod', namespace, name: metadata.name, uid: metadata.uid },
      };
    }),
    ports: [
      { name: 'http', protocol: 'TCP', port: 8080 },
      { name: 'metrics', protocol: 'TCP', port: 9090 },
    ],
  };
}

/** A namespace of the generated cluster. */
export function namespaceOf(name: string, index: number): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: uidOf(5, index),
      creationTimestamp: created,
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}
