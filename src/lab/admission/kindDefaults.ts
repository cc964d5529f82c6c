/** Defaults of namespaces, configuration, storage and network objects. */
import { isObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Endpoints, EndpointSlice, Namespace } from '../objects/network.ts';
import { storageClasses } from '../resources/catalog.ts';
import type { Store } from '../store/store.ts';

export function labelNamespace(namespace: Namespace): void {
  const { name, labels } = namespace.metadata;
  namespace.metadata.labels = { ...labels, 'kubernetes.io/metadata.name': name };
}

export function prepareNamespace(namespace: Namespace): void {
  namespace.spec = { finalizers: ['kubernetes'] };
  namespace.status = { phase: 'Active' };
}

/** What is written in `stringData` is stored, encoded, in `data`. */
export function defaultSecret(secret: ApiObject): void {
  secret.type ??= 'Opaque';
  if (!isObject(secret.stringData)) return;
  const encoded = Object.entries(secret.stringData).map(([key, text]): [string, unknown] => [
    key,
    Buffer.from(String(text)).toString('base64'),
  ]);
  secret.data = { ...(isObject(secret.data) ? secret.data : {}), ...Object.fromEntries(encoded) };
  delete secret.stringData;
}

export function defaultClaim(claim: ApiObject): void {
  if (isObject(claim.spec)) claim.spec.volumeMode ??= 'Filesystem';
}

const defaultClassAnnotation = 'storageclass.kubernetes.io/is-default-class';

/** A claim that names no class gets the default one. */
export function prepareClaim(claim: ApiObject, store: Store): void {
  claim.status = { phase: 'Pending' };
  if (!isObject(claim.spec) || claim.spec.storageClassName !== undefined) return;
  const classes = [...store.list(storageClasses)];
  const standard = classes.find(({ metadata }) => metadata.annotations?.[defaultClassAnnotation] === 'true');
  if (standard) claim.spec.storageClassName = standard.metadata.name;
}

export function defaultVolume(volume: ApiObject): void {
  if (!isObject(volume.spec)) return;
  volume.spec.persistentVolumeReclaimPolicy ??= 'Retain';
  volume.spec.volumeMode ??= 'Filesystem';
}

export function prepareVolume(volume: ApiObject): void {
  volume.status = { phase: 'Available' };
}

export function defaultStorageClass(storageClass: ApiObject): void {
  storageClass.reclaimPolicy ??= 'Delete';
  storageClass.volumeBindingMode ??= 'Immediate';
}

export function defaultNetworkPolicy(policy: ApiObject): void {
  const { spec } = policy;
  if (!isObject(spec)) return;
  const hasEgress = Array.isArray(spec.egress) && spec.egress.length > 0;
  spec.policyTypes ??= hasEgress ? ['Ingress', 'Egress'] : ['Ingress'];
  for (const rules of [spec.ingress, spec.egress]) {
    for (const rule of Array.isArray(rules) ? rules : []) {
      if (!isObject(rule) || !Array.isArray(rule.ports)) continue;
      for (const port of rule.ports) if (isObject(port)) port.protocol ??= 'TCP';
    }
  }
}

export function defaultEndpoints(endpoints: Endpoints): void {
  for (const subset of endpoints.subsets ?? []) {
    for (const port of subset.ports ?? []) port.protocol ??= 'TCP';
  }
}

export function defaultEndpointSlice(slice: EndpointSlice): void {
  for (const port of slice.ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
}
