import { templatePaths } from '../../../manifest/facts.ts';
import { nodeAt, type MapNode, type Path } from '../../../manifest/node.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { mapOf, textOf, textsOf } from '../../../rules/read.ts';
import type { Cursor } from './cursor.ts';

/** A place of a manifest that uses a name which is given elsewhere. */
export type Use =
  /** A label in a selector of pods: `key` is its key, '' while it is being written. */
  | {
      readonly is: 'label';
      readonly key: string;
      readonly selector: ReadonlyMap<string, string>;
      readonly pods: 'own' | 'namespace' | 'anywhere';
    }
  /** A port of the pods that a selector selects, by name or number. */
  | { readonly is: 'podPort'; readonly selector: ReadonlyMap<string, string> }
  /** A port of the container that the place is in. */
  | { readonly is: 'containerPort'; readonly container: MapNode }
  /** A volume of the pod that the place is in. */
  | { readonly is: 'volume'; readonly pod: MapNode }
  | { readonly is: 'object'; readonly kind: string; readonly headless?: true }
  /** A key of a ConfigMap's or Secret's data. */
  | { readonly is: 'dataKey'; readonly kind: string; readonly name: string }
  | { readonly is: 'servicePort'; readonly service: string; readonly by: 'name' | 'number' };

/** What the place uses; undefined where no other place gives the name. */
export function useAt({ object, path, at }: Pick<Cursor, 'object' | 'path' | 'at'>): Use | undefined {
  const inPod = podPath(object);
  if (inPod?.every((step, index) => path[index] === step) === true) {
    const use = useInPod(object, inPod, path.slice(inPod.length));
    if (use) return use;
  }
  const selector = selectorAt(object, path, at);
  if (selector) return selector;
  switch (object.kind) {
    case 'Service':
      return matches(path, ['spec', 'ports', '#', 'targetPort'])
        ? { is: 'podPort', selector: textsOf(object.at(['spec', 'selector'])) }
        : undefined;
    case 'StatefulSet':
      return matches(path, ['spec', 'serviceName'])
        ? { is: 'object', kind: 'Service', headless: true }
        : undefined;
    case 'NetworkPolicy':
      return matches(path, ['spec', 'ingress', '#', 'ports', '#', 'port'])
        ? { is: 'podPort', selector: textsOf(object.at(['spec', 'podSelector', 'matchLabels'])) }
        : undefined;
    case 'Ingress':
      return useInIngress(object, path);
    default:
      return undefined;
  }
}

/** The path of the pod or template in an object that is or makes pods. */
export function podPath(object: ManifestObject): readonly string[] | undefined {
  return object.kind === 'Pod' ? [] : templatePaths[object.kind];
}

/** Where selectors of pods are, in which kinds, and whose pods they select. */
const selectors: readonly (readonly [kind: string, path: Path, pods: 'own' | 'namespace'])[] = [
  ['Service', ['spec', 'selector'], 'namespace'],
  ['ReplicationController', ['spec', 'selector'], 'own'],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].map(
    (kind) => [kind, ['spec', 'selector', 'matchLabels'], 'own'] as const,
  ),
  ['PodDisruptionBudget', ['spec', 'selector', 'matchLabels'], 'namespace'],
  ['NetworkPolicy', ['spec', 'podSelector', 'matchLabels'], 'namespace'],
  ['NetworkPolicy', ['spec', 'ingress', '#', 'from', '#', 'podSelector', 'matchLabels'], 'namespace'],
  ['NetworkPolicy', ['spec', 'egress', '#', 'to', '#', 'podSelector', 'matchLabels'], 'namespace'],
];

function selectorAt(object: ManifestObject, path: Path, at: Cursor['at']): Use | undefined {
  for (const [kind, where, pods] of selectors) {
    if (kind !== object.kind || !matches(path.slice(0, where.length), where)) continue;
    // At the selector itself: its key, or the place where its first label is being written.
    if (path.length > where.length + 1) continue;
    const selectorPath = path.slice(0, where.length);
    const key = path.length === where.length ? '' : String(path.at(-1));
    if (path.length === where.length && at === 'value' && !isBeingWritten(object, path)) continue;
    const peer = selectorPath.slice(0, -2);
    const elsewhere =
      peer.includes('from') || peer.includes('to')
        ? nodeAt(object.root, [...peer, 'namespaceSelector'])
        : undefined;
    return {
      is: 'label',
      key,
      selector: textsOf(object.at(selectorPath)),
      pods: elsewhere === undefined ? pods : 'anywhere',
    };
  }
  return undefined;
}

function isBeingWritten(object: ManifestObject, path: Path): boolean {
  return object.at(path)?.type === 'scalar';
}

const references: readonly (readonly [path: Path, kind: string])[] = [
  [['spec', 'volumes', '#', 'configMap', 'name'], 'ConfigMap'],
  [['spec', 'volumes', '#', 'secret', 'secretName'], 'Secret'],
  [['spec', 'volumes', '#', 'persistentVolumeClaim', 'claimName'], 'PersistentVolumeClaim'],
  [['spec', 'volumes', '#', 'projected', 'sources', '#', 'configMap', 'name'], 'ConfigMap'],
  [['spec', 'volumes', '#', 'projected', 'sources', '#', 'secret', 'name'], 'Secret'],
  [['spec', '*', '#', 'envFrom', '#', 'configMapRef', 'name'], 'ConfigMap'],
  [['spec', '*', '#', 'envFrom', '#', 'secretRef', 'name'], 'Secret'],
  [['spec', '*', '#', 'env', '#', 'valueFrom', 'configMapKeyRef', 'name'], 'ConfigMap'],
  [['spec', '*', '#', 'env', '#', 'valueFrom', 'secretKeyRef', 'name'], 'Secret'],
  [['spec', 'imagePullSecrets', '#', 'name'], 'Secret'],
  [['spec', 'serviceAccountName'], 'ServiceAccount'],
];

/** Where a key of a ConfigMap or Secret is used, and how its object is named beside it. */
const dataKeys: readonly (readonly [path: Path, up: number, name: string, kind: string])[] = [
  [['spec', 'volumes', '#', 'configMap', 'items', '#', 'key'], 3, 'name', 'ConfigMap'],
  [['spec', 'volumes', '#', 'secret', 'items', '#', 'key'], 3, 'secretName', 'Secret'],
  [['spec', '*', '#', 'env', '#', 'valueFrom', 'configMapKeyRef', 'key'], 1, 'name', 'ConfigMap'],
  [['spec', '*', '#', 'env', '#', 'valueFrom', 'secretKeyRef', 'key'], 1, 'name', 'Secret'],
];

function useInPod(object: ManifestObject, podAt: readonly string[], path: Path): Use | undefined {
  const at = (inner: Path): MapNode | undefined => mapOf(object.at([...podAt, ...inner]));
  if (matches(path, ['spec', '*', '#', 'volumeMounts', '#', 'name'])) {
    const pod = at(['spec']);
    return pod && { is: 'volume', pod };
  }
  if (
    path[1] !== 'volumes' &&
    String(path[3]).endsWith('Probe') &&
    path.at(-1) === 'port' &&
    path.length === 6
  ) {
    const container = at(path.slice(0, 3));
    return container && { is: 'containerPort', container };
  }
  for (const [where, kind] of references) if (matches(path, where)) return { is: 'object', kind };
  for (const [where, up, field, kind] of dataKeys) {
    if (!matches(path, where)) continue;
    const name = textOf(at(path.slice(0, -up))?.get(field));
    return name === undefined ? undefined : { is: 'dataKey', kind, name };
  }
  return undefined;
}

function useInIngress(object: ManifestObject, path: Path): Use | undefined {
  if (matches(path, ['spec', 'tls', '#', 'secretName'])) return { is: 'object', kind: 'Secret' };
  const backend = path.lastIndexOf('service');
  const parent = path[backend - 1];
  if (backend === -1 || (parent !== 'backend' && parent !== 'defaultBackend')) return undefined;
  const [field, by] = path.slice(backend + 1);
  if (field === 'name' && by === undefined) return { is: 'object', kind: 'Service' };
  if (field !== 'port' || (by !== 'name' && by !== 'number')) return undefined;
  const service = textOf(object.at([...path.slice(0, backend + 1), 'name']));
  return service === undefined ? undefined : { is: 'servicePort', service, by };
}

/** Compares a path with a pattern: `#` is any index, `*` any key. */
function matches(path: Path, pattern: Path): boolean {
  return (
    path.length === pattern.length &&
    pattern.every((step, index) => {
      const actual = path[index];
      if (step === '#') return typeof actual === 'number';
      return step === '*' ? typeof actual === 'string' : step === actual;
    })
  );
}
