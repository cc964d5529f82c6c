import { t } from '../../base/l10n.ts';

/*
 * The kinds that a Kubernetes 1.36 server serves by default (from its discovery documents), and those that
 * earlier servers served and later ones do not (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).
 */

const served: Readonly<Record<string, string>> = {
  v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'batch/v1': 'CronJob Job',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'autoscaling/v1': 'HorizontalPodAutoscaler',
  'policy/v1': 'PodDisruptionBudget',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy IPAddress ServiceCIDR',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'storage.k8s.io/v1':
    'StorageClass VolumeAttachment CSIDriver CSINode CSIStorageCapacity VolumeAttributesClass',
  'admissionregistration.k8s.io/v1':
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'coordination.k8s.io/v1': 'Lease',
  'node.k8s.io/v1': 'RuntimeClass',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'authentication.k8s.io/v1': 'TokenReview SelfSubjectReview',
  'authorization.k8s.io/v1':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'resource.k8s.io/v1': 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema PriorityLevelConfiguration',
};

const clusterScoped = new Set(
  'ComponentStatus Namespace Node PersistentVolume IngressClass IPAddress ServiceCIDR ClusterRole ClusterRoleBinding StorageClass VolumeAttachment CSIDriver CSINode VolumeAttributesClass MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding CustomResourceDefinition APIService PriorityClass RuntimeClass TokenReview SelfSubjectReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview CertificateSigningRequest DeviceClass ResourceSlice FlowSchema PriorityLevelConfiguration'.split(
    ' ',
  ),
);

/** A kind that is served, with its apiVersions, the one to prefer first. */
export interface ServedKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  readonly namespaced: boolean;
}

/** Every served kind by its name in lower case. */
export const kindsByName: ReadonlyMap<string, ServedKind> = byName();

function byName(): ReadonlyMap<string, ServedKind> {
  const kinds = new Map<string, ServedKind>();
  for (const [apiVersion, names] of Object.entries(served)) {
    for (const kind of names.split(' ')) {
      const before = kinds.get(kind.toLowerCase());
      const apiVersions = [...(before?.apiVersions ?? []), apiVersion];
      kinds.set(kind.toLowerCase(), { kind, apiVersions, namespaced: !clusterScoped.has(kind) });
    }
  }
  return kinds;
}

/** The groups of the built-in API; the core group is the empty text. */
export const servedGroups: ReadonlySet<string> = new Set(Object.keys(served).map(groupOf));

/** `apps/v1` → `apps`; `v1` → the empty text. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Whether a group belongs to custom resources or to a program's own files: its kinds are not the built-in ones. */
export function isForeignGroup(group: string): boolean {
  return group.includes('.') && !servedGroups.has(group);
}

export function isServed(apiVersion: string, kind: string): boolean {
  return (
    kindsByName.get(kind.toLowerCase())?.kind === kind &&
    (served[apiVersion]?.split(' ').includes(kind) ?? false)
  );
}

/** An apiVersion that was served once. `kinds` empty = every kind of it. */
export interface RemovedVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The minor version that stopped serving it: 22 means 1.22. */
  readonly since: number;
  /** Where the kind lives now, when that is another group. */
  readonly now?: string;
}

export const removedVersions: readonly RemovedVersion[] = [
  { apiVersion: 'extensions/v1beta1', kinds: ['Ingress'], since: 22, now: 'networking.k8s.io/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['NetworkPolicy'], since: 16, now: 'networking.k8s.io/v1' },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'],
    since: 16,
    now: 'apps/v1',
  },
  { apiVersion: 'apps/v1beta1', kinds: [], since: 16, now: 'apps/v1' },
  { apiVersion: 'apps/v1beta2', kinds: [], since: 16, now: 'apps/v1' },
  { apiVersion: 'networking.k8s.io/v1beta1', kinds: ['Ingress', 'IngressClass'], since: 22 },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], since: 25 },
  { apiVersion: 'batch/v2alpha1', kinds: ['CronJob'], since: 21 },
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], since: 25 },
  { apiVersion: 'autoscaling/v2beta1', kinds: [], since: 25, now: 'autoscaling/v2' },
  { apiVersion: 'autoscaling/v2beta2', kinds: [], since: 26, now: 'autoscaling/v2' },
  { apiVersion: 'discovery.k8s.io/v1beta1', kinds: [], since: 25 },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: [], since: 25 },
  { apiVersion: 'rbac.authorization.k8s.io/v1beta1', kinds: [], since: 22 },
  { apiVersion: 'rbac.authorization.k8s.io/v1alpha1', kinds: [], since: 23 },
  { apiVersion: 'storage.k8s.io/v1beta1', kinds: ['CSIStorageCapacity'], since: 27 },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['StorageClass', 'VolumeAttachment', 'CSIDriver', 'CSINode'],
    since: 22,
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    since: 22,
  },
  { apiVersion: 'apiextensions.k8s.io/v1beta1', kinds: [], since: 22 },
  { apiVersion: 'apiregistration.k8s.io/v1beta1', kinds: [], since: 22 },
  { apiVersion: 'scheduling.k8s.io/v1beta1', kinds: ['PriorityClass'], since: 22 },
  { apiVersion: 'coordination.k8s.io/v1beta1', kinds: ['Lease'], since: 22 },
  { apiVersion: 'certificates.k8s.io/v1beta1', kinds: ['CertificateSigningRequest'], since: 22 },
  { apiVersion: 'node.k8s.io/v1beta1', kinds: ['RuntimeClass'], since: 25 },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1', kinds: [], since: 26 },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', kinds: [], since: 29 },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kinds: [], since: 32 },
];

/** Kinds that no server has any more. */
export const removedKinds: Readonly<
  Record<string, { readonly since: number; readonly instead: () => string }>
> = {
  PodSecurityPolicy: { since: 25, instead: () => t('the Pod Security admission labels of the namespace') },
};
