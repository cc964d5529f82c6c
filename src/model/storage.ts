import type { ObjectMeta } from './objects.ts';
import { flag, list, record, text, type Json } from './json.ts';
import { readMeta } from './readMeta.ts';

/** A PersistentVolumeClaim (core/v1): what a pod asks for. */
export interface PersistentVolumeClaim extends ObjectMeta {
  readonly kind: 'PersistentVolumeClaim';
  /** `Pending`, `Bound`, `Lost`; '' where it is not known (manifests). */
  readonly phase: string;
  /** The volume it is bound to, '' before. */
  readonly volumeName: string;
  /** undefined: the cluster's default class; '': none at all, only volumes without one fit. */
  readonly storageClass: string | undefined;
  readonly accessModes: readonly string[];
  /** What it asks for, such as `1Gi`. */
  readonly requested: string;
  /** What it got, '' before it is bound. */
  readonly capacity: string;
}

/** A PersistentVolume (core/v1): the storage itself. */
export interface PersistentVolume extends ObjectMeta {
  readonly kind: 'PersistentVolume';
  readonly phase: string;
  readonly storageClass: string;
  readonly accessModes: readonly string[];
  readonly capacity: string;
  /** What becomes of the data when the claim goes: `Retain`, `Delete`, `Recycle`. */
  readonly reclaimPolicy: string;
  /** The claim it is kept for or bound to. */
  readonly claim?: { readonly namespace: string; readonly name: string };
  /** The field that says its source: `csi`, `nfs`, `hostPath`, `local`, … */
  readonly source: { readonly kind: string; readonly reference: string };
}

/** A StorageClass (storage.k8s.io/v1): who makes volumes for claims. */
export interface StorageClass extends ObjectMeta {
  readonly kind: 'StorageClass';
  readonly provisioner: string;
  readonly reclaimPolicy: string;
  /** `Immediate`, or `WaitForFirstConsumer`: claims stay Pending until a pod uses them. */
  readonly bindingMode: string;
  readonly isDefault: boolean;
  readonly expandable: boolean;
}

/** Reads a PersistentVolumeClaim. */
export function readPersistentVolumeClaim(object: Json): PersistentVolumeClaim {
  const spec = record(object.spec);
  const status = record(object.status);
  const { storageClassName } = spec;
  return {
    kind: 'PersistentVolumeClaim',
    ...readMeta(object),
    phase: text(status.phase),
    volumeName: text(spec.volumeName),
    storageClass: typeof storageClassName === 'string' ? storageClassName : undefined,
    accessModes: list(spec.accessModes).map(text),
    requested: text(record(record(spec.resources).requests).storage),
    capacity: text(record(status.capacity).storage),
  };
}

/** What is no source among the fields of a PersistentVolumeSpec. */
export const notVolumeSources: ReadonlySet<string> = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

/** Reads a PersistentVolume. */
export function readPersistentVolume(object: Json): PersistentVolume {
  const spec = record(object.spec);
  const claim = record(spec.claimRef);
  const kind = Object.keys(spec).find((field) => !notVolumeSources.has(field)) ?? '';
  return {
    kind: 'PersistentVolume',
    ...readMeta(object),
    phase: text(record(object.status).phase),
    storageClass: text(spec.storageClassName),
    accessModes: list(spec.accessModes).map(text),
    capacity: text(record(spec.capacity).storage),
    reclaimPolicy: text(spec.persistentVolumeReclaimPolicy),
    source: { kind, reference: referenceOf(kind, record(spec[kind])) },
    ...(text(claim.name) !== '' && { claim: { namespace: text(claim.namespace), name: text(claim.name) } }),
  };
}

function referenceOf(kind: string, source: Json): string {
  if (kind === 'nfs') return `${text(source.server)}:${text(source.path)}`;
  if (kind === 'csi') return [text(source.driver), text(source.volumeHandle)].filter(Boolean).join(' ');
  return (
    [source.path, source.volumeID, source.pdName, source.diskName, source.image].map(text).find(Boolean) ?? ''
  );
}

/** Reads a StorageClass. */
export function readStorageClass(object: Json): StorageClass {
  const annotations = record(record(object.metadata).annotations);
  return {
    kind: 'StorageClass',
    ...readMeta(object),
    provisioner: text(object.provisioner),
    // Both have defaults that the server fills in (storage.k8s.io/v1 StorageClass).
    reclaimPolicy: text(object.reclaimPolicy) || 'Delete',
    bindingMode: text(object.volumeBindingMode) || 'Immediate',
    isDefault: annotations['storageclass.kubernetes.io/is-default-class'] === 'true',
    expandable: flag(object.allowVolumeExpansion),
  };
}
