import type { MapNode } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import { mapsAt, nameIn, scalarsAt } from './find.ts';
import type { UsingMention } from './mention.ts';

/*
 * Where manifests name other objects: fields of the API reference (v1.36) whose text is the name of an object of a
 * known kind.
 */

const perContainer: readonly (readonly [path: string, kind: string])[] = [
  ['envFrom[].configMapRef.name', 'ConfigMap'],
  ['envFrom[].secretRef.name', 'Secret'],
  ['env[].valueFrom.configMapKeyRef.name', 'ConfigMap'],
  ['env[].valueFrom.secretKeyRef.name', 'Secret'],
];

const perPod: readonly (readonly [path: string, kind: string])[] = [
  ['volumes[].configMap.name', 'ConfigMap'],
  ['volumes[].secret.secretName', 'Secret'],
  ['volumes[].persistentVolumeClaim.claimName', 'PersistentVolumeClaim'],
  ['volumes[].projected.sources[].configMap.name', 'ConfigMap'],
  ['volumes[].projected.sources[].secret.name', 'Secret'],
  ['imagePullSecrets[].name', 'Secret'],
  ['serviceAccountName', 'ServiceAccount'],
  ['serviceAccount', 'ServiceAccount'],
  ['priorityClassName', 'PriorityClass'],
  ['runtimeClassName', 'RuntimeClass'],
  ['subdomain', 'Service'],
];

const backends = ['spec.defaultBackend.service', 'spec.rules[].http.paths[].backend.service'];

const perKind: Readonly<Record<string, readonly (readonly [path: string, kind: string])[]>> = {
  StatefulSet: [
    ['spec.serviceName', 'Service'],
    ['spec.volumeClaimTemplates[].spec.storageClassName', 'StorageClass'],
  ],
  Ingress: [
    ['spec.tls[].secretName', 'Secret'],
    ['spec.ingressClassName', 'IngressClass'],
    ...backends.map((path) => [`${path}.name`, 'Service'] as const),
  ],
  PersistentVolumeClaim: [
    ['spec.storageClassName', 'StorageClass'],
    ['spec.volumeName', 'PersistentVolume'],
  ],
  PersistentVolume: [['spec.storageClassName', 'StorageClass']],
  ServiceAccount: [
    ['secrets[].name', 'Secret'],
    ['imagePullSecrets[].name', 'Secret'],
  ],
  HTTPRoute: [
    ['spec.parentRefs[].name', 'Gateway'],
    ['spec.rules[].backendRefs[].name', 'Service'],
  ],
  GRPCRoute: [
    ['spec.parentRefs[].name', 'Gateway'],
    ['spec.rules[].backendRefs[].name', 'Service'],
  ],
};

/** Maps with a name and, beside it, a kind. */
const withKind: Readonly<Record<string, readonly string[]>> = {
  HorizontalPodAutoscaler: ['spec.scaleTargetRef'],
  RoleBinding: ['roleRef', 'subjects[]'],
  ClusterRoleBinding: ['roleRef', 'subjects[]'],
};

/** Maps with a name and a namespace, of a kind that needs no saying. */
const withNamespace: Readonly<Record<string, readonly (readonly [path: string, kind: string])[]>> = {
  PersistentVolume: [['spec.claimRef', 'PersistentVolumeClaim']],
  ValidatingWebhookConfiguration: [['webhooks[].clientConfig.service', 'Service']],
  MutatingWebhookConfiguration: [['webhooks[].clientConfig.service', 'Service']],
  APIService: [['spec.service', 'Service']],
};

/** Fields that the server does not let change once the object exists. */
const fixedFields: ReadonlySet<string> = new Set([
  'StatefulSet spec.serviceName',
  'PersistentVolumeClaim spec.storageClassName',
  'PersistentVolumeClaim spec.volumeName',
  'RoleBinding roleRef',
  'ClusterRoleBinding roleRef',
]);

/** The places of an object that name other objects. @param pod the `spec` of the pod or template, if it has one. */
export function objectReferences(object: ManifestObject, pod: MapNode | undefined): readonly UsingMention[] {
  const found: UsingMention[] = [];
  const use = (
    node: UsingMention['node'],
    name: string | undefined,
    kind: string,
    namespace = object.namespace,
    field = '',
  ): void => {
    if (name === undefined || kind === '') return;
    const fixed = fixedFields.has(`${object.kind} ${field}`) ? { fixed: field } : {};
    found.push({ object, node, role: 'uses', what: { is: 'object', kind, name, namespace }, ...fixed });
  };
  const plain = (root: MapNode, table: readonly (readonly [string, string])[]): void => {
    for (const [path, kind] of table) {
      for (const { node, parent } of scalarsAt(root, path)) {
        const said = path.endsWith('Refs[].name') ? nameIn(parent.get('kind')) : undefined;
        use(node, nameIn(node), said ?? kind, nameIn(parent.get('namespace')) ?? object.namespace, path);
      }
    }
  };
  for (const { node } of scalarsAt(object.root, 'metadata.namespace')) use(node, nameIn(node), 'Namespace');
  plain(object.root, perKind[object.kind] ?? []);
  for (const path of withKind[object.kind] ?? []) {
    for (const { node, parent } of scalarsAt(object.root, `${path}.name`)) {
      use(
        node,
        nameIn(node),
        nameIn(parent.get('kind')) ?? '',
        nameIn(parent.get('namespace')) ?? object.namespace,
        path,
      );
    }
  }
  for (const [path, kind] of withNamespace[object.kind] ?? []) {
    for (const { node, parent } of scalarsAt(object.root, `${path}.name`)) {
      use(node, nameIn(node), kind, nameIn(parent.get('namespace')), path);
    }
  }
  if (object.kind === 'EndpointSlice') {
    for (const labels of mapsAt(object.root, 'metadata.labels')) {
      const node = labels.get('kubernetes.io/service-name');
      if (node?.type === 'scalar') use(node, nameIn(node), 'Service');
    }
  }
  if (pod === undefined) return found;
  plain(pod, perPod);
  for (const list of containerLists) {
    for (const container of mapsAt(pod, `${list}[]`)) plain(container, perContainer);
  }
  return found;
}

/** The lists of a pod's spec that hold containers. */
export const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;
