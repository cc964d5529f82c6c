import type { Schema, Type, ObjectType } from '../../../../src/manifest/schema/schema.ts';
import { textFor, numberFor } from './anyValue.ts';

/** Answers a number from 0 up to and including `max`: where all chance comes from. */
export type Chance = (max: number) => number;

export interface Wanted {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether texts of several lines may occur. */
  readonly longTexts: boolean;
  /** The order of fields: as people write them, as kubectl prints them, or any. */
  readonly order: 'usual' | 'alphabetical' | 'any';
}

/** Fields of which one object has only one. */
const oneOf: Readonly<Record<string, readonly string[]>> = {
  'core.v1.EnvVar': ['value', 'valueFrom'],
  'core.v1.Probe': ['httpGet', 'exec', 'tcpSocket', 'grpc'],
  'core.v1.LifecycleHandler': ['httpGet', 'exec', 'tcpSocket', 'sleep'],
  'core.v1.EnvVarSource': ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'],
  'core.v1.EnvFromSource': ['configMapRef', 'secretRef'],
  'core.v1.Volume': [
    'emptyDir',
    'configMap',
    'secret',
    'hostPath',
    'persistentVolumeClaim',
    'nfs',
    'projected',
    'downwardAPI',
    'csi',
    'ephemeral',
  ],
  'core.v1.VolumeProjection': ['configMap', 'secret', 'downwardAPI', 'serviceAccountToken'],
  'core.v1.DownwardAPIVolumeFile': ['fieldRef', 'resourceFieldRef'],
  'networking.v1.IngressBackend': ['service', 'resource'],
  'networking.v1.ServiceBackendPort': ['name', 'number'],
  'autoscaling.v2.MetricSpec': ['resource', 'pods', 'object', 'external', 'containerResource'],
  'autoscaling.v2.MetricTarget': ['averageUtilization', 'averageValue', 'value'],
  'policy.v1.PodDisruptionBudgetSpec': ['minAvailable', 'maxUnavailable'],
  'core.v1.PersistentVolumeSpec': ['hostPath', 'nfs', 'csi', 'local'],
};

/** What people write nearly always, beyond what the schema requires. */
const nearlyAlways: Readonly<Record<string, readonly string[]>> = {
  'core.v1.Container': ['image'],
  'core.v1.ServiceSpec': ['ports', 'selector'],
  'networking.v1.NetworkPolicySpec': ['podSelector'],
  'core.v1.PersistentVolumeClaimSpec': ['accessModes', 'resources'],
  'core.v1.VolumeResourceRequirements': ['requests'],
  'core.v1.PersistentVolumeSpec': ['accessModes', 'capacity'],
  'core.v1.PodTemplateSpec': ['metadata', 'spec'],
  'core.v1.ConfigMapVolumeSource': ['name'],
  'core.v1.SecretVolumeSource': ['secretName'],
  'core.v1.ConfigMapKeySelector': ['name'],
  'core.v1.SecretKeySelector': ['name'],
  'core.v1.LocalObjectReference': ['name'],
  'core.v1.ConfigMapEnvSource': ['name'],
  'core.v1.SecretEnvSource': ['name'],
  'core.v1.ConfigMapProjection': ['name'],
  'core.v1.SecretProjection': ['name'],
  'core.v1.ReplicationControllerSpec': ['template', 'selector'],
  'networking.v1.IngressServiceBackend': ['port'],
  'meta.v1.LabelSelectorRequirement': ['values'],
  'core.v1.LimitRangeItem': ['max'],
  'rbac.v1.PolicyRule': ['resources'],
};

/** Fields that the server fills in, that are gone, or that nobody writes. */
const never = new Set(
  (
    'status managedFields selfLink deletionTimestamp deletionGracePeriodSeconds generation ephemeralContainers ' +
    'restartPolicyRules serviceAccount deprecatedTopology resourceClaims schedulingGroup workloadRef'
  ).split(' '),
);
const first = [
  'apiVersion',
  'kind',
  'name',
  'metadata',
  'image',
  'key',
  'type',
  'spec',
  'apiGroups',
  'apiGroup',
];
const last = ['resources', 'template', 'containers', 'volumes', 'volumeClaimTemplates', 'status'];
const roots = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'data',
  'stringData',
  'rules',
  'subjects',
  'roleRef',
];

/** A valid object of a kind, with values as people have them. */
export function anyManifest(schema: Schema, wanted: Wanted, chance: Chance): Record<string, unknown> {
  return new Maker(schema, wanted, chance).object();
}

class Maker {
  readonly #schema: Schema;
  readonly #wanted: Wanted;
  readonly #chance: Chance;
  #left = 90;

  constructor(schema: Schema, wanted: Wanted, chance: Chance) {
    this.#schema = schema;
    this.#wanted = wanted;
    this.#chance = chance;
  }

  object(): Record<string, unknown> {
    const { apiVersion, kind } = this.#wanted;
    const type = this.#schema.ofKind(apiVersion, kind);
    if (type === undefined) throw new Error(`There is no ${apiVersion} ${kind}.`);
    const made = this.#fields(type, 0, kind, '');
    return this.#ordered({ ...made, apiVersion, kind }, true);
  }

  #fields(type: ObjectType, depth: number, role: string, owner: string): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    const choice = oneOf[type.name] ?? [];
    const chosen = choice[this.#chance(Math.max(0, choice.length - 1))];
    const always = new Set([...(nearlyAlways[type.name] ?? []), ...(chosen === undefined ? [] : [chosen])]);
    if (depth === 0 || type.name === 'core.v1.PersistentVolumeClaim')
      for (const name of ['metadata', 'spec', 'data', 'rules', 'subjects']) always.add(name);
    if (role === 'metadata' && depth === 1) always.add('name');
    const optional = depth < 3 ? 3 : depth < 6 ? 6 : 9;
    for (const field of type.fields.values()) {
      const { name } = field;
      if (never.has(name) || (choice.includes(name) && name !== chosen)) continue;
      if (role === 'metadata' && !['name', 'namespace', 'labels', 'annotations'].includes(name)) continue;
      if (role === 'metadata' && depth > 1 && name === 'namespace') continue;
      // Templates have no name; the claims of a StatefulSet have one.
      const isClaim = owner === 'core.v1.PersistentVolumeClaim';
      if (role === 'metadata' && depth > 1 && name === 'name' && !isClaim) continue;
      if (
        depth > 0 &&
        type.name === 'core.v1.PersistentVolumeClaim' &&
        (name === 'apiVersion' || name === 'kind')
      )
        continue;
      if (isClaim && name === 'name') always.add(name);
      if (name === 'restartPolicy' && type.name === 'core.v1.Container') continue;
      const wanted = field.required || always.has(name) || (this.#left > 0 && this.#chance(optional) === 0);
      if (!wanted || (depth > 14 && !field.required)) continue;
      this.#left -= 1;
      const value = this.#value(field.type, name, type.name, depth + 1);
      if (value !== undefined) made[name] = value;
    }
    return this.#ordered(made, false);
  }

  #value(type: Type, role: string, owner: string, depth: number): unknown {
    if (type.is === 'object') {
      const object = this.#schema.type(type.name);
      if (object === undefined) return undefined;
      return this.#fields(object, depth, role, owner);
    }
    if (type.is !== 'scalar') {
      return type.is === 'map'
        ? this.#map(type.of, role, owner, depth)
        : this.#list(type.of, role, owner, depth);
    }
    const { scalar } = type;
    const values = type.values.filter((value) => value !== '');
    if (values.length > 0) return values[this.#chance(values.length - 1)];
    if (scalar === 'boolean') return this.#chance(1) === 0;
    if (scalar === 'int32' || scalar === 'int64' || scalar === 'number') return numberFor(role, this.#chance);
    if (scalar !== 'int-or-text') return textFor(scalar, role, owner, this.#chance, this.#wanted.longTexts);
    if (this.#chance(2) > 0) return numberFor(role, this.#chance);
    return /max|min/.test(role) ? '25%' : 'http';
  }

  #list(of: Type, role: string, owner: string, depth: number): readonly unknown[] | undefined {
    const count = 1 + this.#chance(depth < 8 ? 2 : 1);
    const items = Array.from({ length: count }, () => this.#value(of, role, owner, depth + 1));
    const full = items.filter((item) => item !== undefined && !isEmpty(item));
    return full.length > 0 ? full : undefined;
  }

  #map(of: Type, role: string, owner: string, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    const count = 1 + this.#chance(2);
    for (let i = 0; i < count; i++) {
      const key = textFor('key', role, owner, this.#chance, false);
      if (of.is === 'scalar') made[key] = this.#value(of, role, owner, depth + 1);
    }
    return made;
  }

  #ordered(fields: Record<string, unknown>, isRoot: boolean): Record<string, unknown> {
    const { order } = this.#wanted;
    const names = Object.keys(fields).sort();
    if (order === 'any') {
      for (let i = names.length - 1; i > 0; i--) {
        const j = this.#chance(i);
        [names[i], names[j]] = [names[j] ?? '', names[i] ?? ''];
      }
    }
    if (order === 'usual' || (order === 'alphabetical' && isRoot)) {
      const rank = (name: string): number => {
        const at = (isRoot ? roots : first).indexOf(name);
        if (at !== -1) return at - 100;
        return order === 'usual' ? last.indexOf(name) : 0;
      };
      if (order === 'usual') names.sort((a, b) => rank(a) - rank(b));
    }
    return Object.fromEntries(names.map((name) => [name, fields[name]]));
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
