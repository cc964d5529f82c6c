import type { Corrections } from './fromOpenApi.ts';

/*
 * Where the published specification and the server's validation differ (Kubernetes 1.36). The server does not
 * enforce `required` itself: a missing field is its zero value, and only validation may object to that.
 */
export const corrections: Corrections = {
  notRequired: new Set([
    'core.v1.ISCSIVolumeSource.lun',
    'core.v1.ISCSIPersistentVolumeSource.lun',
    'core.v1.ScaleIOVolumeSource.secretRef',
    'core.v1.ScaleIOPersistentVolumeSource.secretRef',
    'core.v1.Sysctl.value',
    'core.v1.HTTPHeader.value',
    'core.v1.SleepAction.seconds',
    'core.v1.PreferredSchedulingTerm.preference',
    'core.v1.LimitRangeSpec.limits',
    'core.v1.ConfigMapNodeConfigSource.namespace',
    'core.v1.ConfigMapNodeConfigSource.name',
    'core.v1.ConfigMapNodeConfigSource.kubeletConfigKey',
    'batch.v1.PodFailurePolicy.rules',
  ]),
  enums: {
    'meta.v1.LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
    'core.v1.PodOS.name': ['linux', 'windows'],
    'core.v1.VolumeMount.recursiveReadOnly': ['Disabled', 'IfPossible', 'Enabled'],
    'core.v1.ContainerResizePolicy.restartPolicy': ['NotRequired', 'RestartContainer'],
    'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': ['Delete', 'Retain'],
    'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': ['Delete', 'Retain'],
    'rbac.v1.Subject.kind': ['ServiceAccount', 'User', 'Group'],
    'rbac.v1.RoleRef.kind': ['Role', 'ClusterRole'],
  },
  emptyRefused: new Set([
    'networking.v1.HTTPIngressPath.pathType',
    'core.v1.PersistentVolumeClaimSpec.volumeMode',
    'core.v1.PersistentVolumeSpec.volumeMode',
    'core.v1.VolumeMount.mountPropagation',
    'core.v1.ServiceSpec.ipFamilyPolicy',
    'core.v1.ServiceSpec.internalTrafficPolicy',
    'core.v1.PodSecurityContext.fsGroupChangePolicy',
    'core.v1.SecurityContext.procMount',
    'core.v1.VolumeMount.recursiveReadOnly',
    'core.v1.TopologySpreadConstraint.nodeAffinityPolicy',
    'core.v1.TopologySpreadConstraint.nodeTaintsPolicy',
    'core.v1.PodSecurityContext.supplementalGroupsPolicy',
    'core.v1.PodSpec.preemptionPolicy',
    'networking.v1.NetworkPolicyPort.protocol',
    'batch.v1.JobSpec.completionMode',
    'batch.v1.JobSpec.podReplacementPolicy',
    'policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy',
    'discovery.v1.EndpointPort.protocol',
    'storage.v1.StorageClass.volumeBindingMode',
  ]),
};
