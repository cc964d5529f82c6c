/** `kubectl get` of nodes, namespaces, storage, configuration and events. */
import { at, isObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Event, Namespace, Node } from '../objects/network.ts';
import { ageColumn, nameColumn, none, unset } from './column.ts';
import type { Column } from './column.ts';
import { ageOf } from './duration.ts';

function text(object: ApiObject, fallback: string, ...path: string[]): string {
  const value = at(object, ...path);
  return typeof value === 'string' && value !== '' ? value : fallback;
}

function countOf(value: unknown): number {
  return isObject(value) ? Object.keys(value).length : 0;
}

function nodeStatus(node: Node): string {
  const ready = node.status.conditions?.find(({ type }) => type === 'Ready')?.status;
  const text = ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady';
  return node.spec.unschedulable ? `${text},SchedulingDisabled` : text;
}

function nodeRoles(node: Node): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter((label) => label.startsWith(prefix))
    .map((label) => label.slice(prefix.length))
    .sort();
  return roles.length > 0 ? roles.join(',') : none;
}

function nodeAddress(node: Node, type: string): string {
  return node.status.addresses?.find((address) => address.type === type)?.address ?? none;
}

export const nodeColumns: Column<Node>[] = [
  nameColumn,
  { name: 'Status', cell: nodeStatus },
  { name: 'Roles', cell: nodeRoles },
  ageColumn,
  { name: 'Version', cell: (node) => text(node, '', 'status', 'nodeInfo', 'kubeletVersion') },
  { name: 'Internal-IP', priority: 1, cell: (node) => nodeAddress(node, 'InternalIP') },
  { name: 'External-IP', priority: 1, cell: (node) => nodeAddress(node, 'ExternalIP') },
  {
    name: 'OS-Image',
    priority: 1,
    cell: (node) => text(node, '<unknown>', 'status', 'nodeInfo', 'osImage'),
  },
  {
    name: 'Kernel-Version',
    priority: 1,
    cell: (node) => text(node, '<unknown>', 'status', 'nodeInfo', 'kernelVersion'),
  },
  {
    name: 'Container-Runtime',
    priority: 1,
    cell: (node) => text(node, '<unknown>', 'status', 'nodeInfo', 'containerRuntimeVersion'),
  },
];

export const namespaceColumns: Column<Namespace>[] = [
  nameColumn,
  { name: 'Status', cell: ({ status }) => status.phase ?? '' },
  ageColumn,
];

export const configMapColumns: Column[] = [
  nameColumn,
  { name: 'Data', type: 'integer', cell: (map) => countOf(map.data) + countOf(map.binaryData) },
  ageColumn,
];

export const secretColumns: Column[] = [
  nameColumn,
  { name: 'Type', cell: (secret) => text(secret, '', 'type') },
  { name: 'Data', type: 'integer', cell: (secret) => countOf(secret.data) },
  ageColumn,
];

export const serviceAccountColumns: Column[] = [
  nameColumn,
  {
    name: 'Secrets',
    type: 'integer',
    cell: (account) => (Array.isArray(account.secrets) ? account.secrets.length : 0),
  },
  ageColumn,
];

const shortModes: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function accessModes(object: ApiObject, from: 'spec' | 'status'): string {
  const modes = at(object, from, 'accessModes');
  return (Array.isArray(modes) ? modes : [])
    .map((mode) => shortModes[String(mode)] ?? String(mode))
    .join(',');
}

export const persistentVolumeClaimColumns: Column[] = [
  nameColumn,
  {
    name: 'Status',
    cell: (claim) => (claim.metadata.deletionTimestamp ? 'Terminating' : text(claim, '', 'status', 'phase')),
  },
  { name: 'Volume', cell: (claim) => text(claim, '', 'spec', 'volumeName') },
  {
    name: 'Capacity',
    cell: (claim) =>
      at(claim, 'spec', 'volumeName') === undefined ? '' : text(claim, '', 'status', 'capacity', 'storage'),
  },
  {
    name: 'Access Modes',
    cell: (claim) => (at(claim, 'spec', 'volumeName') === undefined ? '' : accessModes(claim, 'status')),
  },
  { name: 'StorageClass', cell: (claim) => text(claim, '', 'spec', 'storageClassName') },
  { name: 'VolumeAttributesClass', cell: () => unset },
  ageColumn,
  { name: 'VolumeMode', priority: 1, cell: (claim) => text(claim, unset, 'spec', 'volumeMode') },
];

export const persistentVolumeColumns: Column[] = [
  nameColumn,
  { name: 'Capacity', cell: (volume) => text(volume, '', 'spec', 'capacity', 'storage') },
  { name: 'Access Modes', cell: (volume) => accessModes(volume, 'spec') },
  { name: 'Reclaim Policy', cell: (volume) => text(volume, '', 'spec', 'persistentVolumeReclaimPolicy') },
  { name: 'Status', cell: (volume) => text(volume, '', 'status', 'phase') },
  {
    name: 'Claim',
    cell: (volume) => {
      const name = text(volume, '', 'spec', 'claimRef', 'name');
      return name && `${text(volume, '', 'spec', 'claimRef', 'namespace')}/${name}`;
    },
  },
  { name: 'StorageClass', cell: (volume) => text(volume, '', 'spec', 'storageClassName') },
  { name: 'VolumeAttributesClass', cell: () => unset },
  { name: 'Reason', cell: (volume) => text(volume, '', 'status', 'reason') },
  ageColumn,
  { name: 'VolumeMode', priority: 1, cell: (volume) => text(volume, unset, 'spec', 'volumeMode') },
];

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

export const storageClassColumns: Column[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) =>
      metadata.annotations?.[defaultClass] === 'true' ? `${metadata.name} (default)` : metadata.name,
  },
  { name: 'Provisioner', cell: (storageClass) => text(storageClass, '', 'provisioner') },
  { name: 'ReclaimPolicy', cell: (storageClass) => text(storageClass, 'Delete', 'reclaimPolicy') },
  {
    name: 'VolumeBindingMode',
    cell: (storageClass) => text(storageClass, 'Immediate', 'volumeBindingMode'),
  },
  {
    name: 'AllowVolumeExpansion',
    type: 'boolean',
    cell: (storageClass) => storageClass.allowVolumeExpansion === true,
  },
  ageColumn,
];

export const ingressClassColumns: Column[] = [
  nameColumn,
  { name: 'Controller', cell: (ingressClass) => text(ingressClass, '', 'spec', 'controller') },
  { name: 'Parameters', cell: (ingressClass) => text(ingressClass, none, 'spec', 'parameters', 'name') },
  ageColumn,
];

function lastSeen(event: Event): string | undefined {
  return (
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.firstTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp
  );
}

function eventSource(event: Event): string {
  const component = event.source?.component ?? event.reportingComponent ?? '';
  return [component, event.source?.host].filter(Boolean).join(', ');
}

export const eventColumns: Column<Event>[] = [
  { name: 'Last Seen', cell: (event, now) => ageOf(lastSeen(event), now) },
  { name: 'Type', cell: (event) => event.type ?? '' },
  { name: 'Reason', cell: (event) => event.reason ?? '' },
  {
    name: 'Object',
    cell: ({ involvedObject }) => {
      const { kind, name } = involvedObject;
      return `${(kind ?? '').toLowerCase()}/${name ?? ''}`;
    },
  },
  { name: 'Subobject', priority: 1, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
  { name: 'Source', priority: 1, cell: eventSource },
  { name: 'Message', cell: (event) => (event.message ?? '').trim() },
  {
    name: 'First Seen',
    priority: 1,
    cell: (event, now) => ageOf(event.firstTimestamp ?? event.eventTime, now),
  },
  { name: 'Count', type: 'integer', priority: 1, cell: (event) => event.series?.count ?? event.count ?? 1 },
  { ...nameColumn, priority: 1 },
];
