import { t } from '../../base/l10n.ts';
import { firstOf } from '../read.ts';
import { pathText } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** Fields that a rule of their own speaks about, and says it better. */
const saidElsewhere = new Set([
  'core.v1.PodSpec.containers',
  'core.v1.Container.name',
  'core.v1.ContainerPort.containerPort',
  'core.v1.ServicePort.port',
  'core.v1.Volume.name',
  'core.v1.VolumeMount.name',
  'core.v1.VolumeMount.mountPath',
  'core.v1.VolumeDevice.name',
  'core.v1.VolumeDevice.devicePath',
  'core.v1.HostPathVolumeSource.path',
  'core.v1.PersistentVolumeClaimVolumeSource.claimName',
  'core.v1.KeyToPath.key',
  'core.v1.KeyToPath.path',
  'core.v1.TCPSocketAction.port',
  'core.v1.HTTPGetAction.port',
  'core.v1.GRPCAction.port',
  'core.v1.HostAlias.ip',
  'core.v1.EnvVar.name',
  'networking.v1.HTTPIngressPath.pathType',
  'networking.v1.HTTPIngressPath.backend',
  'networking.v1.HTTPIngressRuleValue.paths',
  'networking.v1.IngressServiceBackend.name',
  'networking.v1.IPBlock.cidr',
  'meta.v1.LabelSelectorRequirement.key',
  'meta.v1.LabelSelectorRequirement.operator',
  'core.v1.PersistentVolumeClaimTemplate.spec',
  'apps.v1.DeploymentSpec.selector',
  'apps.v1.DaemonSetSpec.selector',
  'apps.v1.ReplicaSetSpec.selector',
  'apps.v1.StatefulSetSpec.selector',
]);

/** A field without which the server refuses the object. */
export const missingField: Rule = {
  code: 'missing-field',
  title: 'A required field is missing',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'missing' || saidElsewhere.has(`${issue.type.name}.${issue.field.name}`)) continue;
      const at = issue.map.entry(issue.field.name)?.key ?? issue.at?.key ?? firstOf(issue.map);
      context.report(at, t('{0} is required. Add "{1}:" here.', pathText(issue.path), issue.field.name));
    }
  },
};
