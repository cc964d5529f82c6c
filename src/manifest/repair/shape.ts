import type { Field, ObjectType } from '../schema/schema.ts';

/*
 * What a complete object of a type has, beyond the fields that the schema requires: without them the server
 * refuses it, or nobody would write it so. The number is what their absence costs.
 */

const expected: Readonly<Record<string, readonly (readonly [cost: number, ...anyOf: string[]])[]>> = {
  'core.v1.Container': [[2, 'image']],
  'core.v1.Volume': [],
  'core.v1.EnvVar': [[0.4, 'value', 'valueFrom']],
  'core.v1.Probe': [[2, 'httpGet', 'exec', 'tcpSocket', 'grpc']],
  'core.v1.PodTemplateSpec': [
    [3, 'spec'],
    [0.5, 'metadata'],
  ],
  'core.v1.Service': [[2, 'spec']],
  'core.v1.Pod': [[4, 'spec']],
  'core.v1.ServiceSpec': [[0.5, 'ports', 'externalName']],
  'core.v1.ReplicationControllerSpec': [[3, 'template']],
  'apps.v1.Deployment': [[4, 'spec']],
  'apps.v1.StatefulSet': [[4, 'spec']],
  'apps.v1.DaemonSet': [[4, 'spec']],
  'apps.v1.ReplicaSet': [[4, 'spec']],
  'batch.v1.Job': [[4, 'spec']],
  'batch.v1.JobTemplateSpec': [[4, 'spec']],
  'networking.v1.Ingress': [[3, 'spec']],
  'networking.v1.NetworkPolicy': [[3, 'spec']],
  'networking.v1.NetworkPolicySpec': [[2, 'podSelector']],
  'networking.v1.IngressBackend': [[3, 'service', 'resource']],
  'networking.v1.IngressServiceBackend': [[2, 'port']],
  'core.v1.PersistentVolumeClaim': [[3, 'spec']],
  'core.v1.PersistentVolumeClaimSpec': [
    [1.5, 'accessModes'],
    [1.5, 'resources'],
  ],
  'core.v1.PersistentVolumeSpec': [
    [1.5, 'accessModes'],
    [1.5, 'capacity'],
  ],
  'core.v1.ConfigMapKeySelector': [[1.5, 'name']],
  'core.v1.SecretKeySelector': [[1.5, 'name']],
  'core.v1.LocalObjectReference': [[1.5, 'name']],
  'core.v1.ConfigMapVolumeSource': [[1.5, 'name']],
  'core.v1.ConfigMapEnvSource': [[1.5, 'name']],
  'core.v1.SecretEnvSource': [[1.5, 'name']],
  'core.v1.SecretVolumeSource': [[1.5, 'secretName']],
  'core.v1.ConfigMapProjection': [[1.5, 'name']],
  'core.v1.SecretProjection': [[1.5, 'name']],
  'core.v1.LimitRangeItem': [[1, 'max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']],
  'autoscaling.v2.MetricSpec': [[2, 'resource', 'pods', 'object', 'external', 'containerResource']],
  'rbac.v1.Role': [[1, 'rules']],
  'rbac.v1.RoleBinding': [[1, 'subjects']],
  'rbac.v1.ClusterRoleBinding': [[1, 'subjects']],
};

/** Fields that are there, but seldom or never where they would be the nearest place. */
const unusual: Readonly<Record<string, number>> = {
  'core.v1.Container.restartPolicy': 2.4,
  'core.v1.PodSpec.resources': 1,
  'core.v1.ObjectMeta.selfLink': 1,
};

/** What it costs to leave an object with only these fields. */
export function incompleteness(type: ObjectType, has: (field: string) => boolean, isRoot: boolean): number {
  let cost = 0;
  for (const field of requiredOf(type)) if (!has(field)) cost += 4;
  for (const [missing, ...anyOf] of expected[type.name] ?? []) {
    if (!anyOf.some(has)) cost += missing;
  }
  if (isRoot && type.name !== 'List') {
    for (const field of ['apiVersion', 'kind', 'metadata']) {
      if (type.fields.has(field) && !has(field)) cost += field === 'metadata' ? 4 : 5;
    }
  }
  return cost;
}

/** What it costs that a field stands in an object of this type, given the field that holds the object. */
export function unusualness(type: ObjectType, field: string, role: string): number {
  if (role === 'initContainers' && field === 'restartPolicy') return 0;
  return unusual[`${type.name}.${field}`] ?? 0;
}

/** The names of an object belong to it: a metadata of an object has a name, that of a template none. */
export function missesName(role: string, isOfObject: boolean, has: (field: string) => boolean): number {
  return role === 'metadata' && isOfObject && !has('name') && !has('generateName') ? 4 : 0;
}

/** A field by its name, or by a name that differs only in upper and lower case. */
export function fieldNear(type: ObjectType, name: string): { field: Field; exact: boolean } | undefined {
  const field = type.fields.get(name);
  if (field) return { field, exact: true };
  const lower = name.toLowerCase();
  for (const each of type.fields.values()) {
    if (each.name.toLowerCase() === lower) return { field: each, exact: false };
  }
  return undefined;
}

function requiredOf(type: ObjectType): readonly string[] {
  const names: string[] = [];
  for (const field of type.fields.values()) if (field.required) names.push(field.name);
  return names;
}
