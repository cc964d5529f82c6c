import { t } from '../../base/l10n.ts';
import type { Path } from '../../manifest/node.ts';
import type { ObjectType, Schema, Type } from '../../manifest/schema/schema.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { pathText, typeOfObject } from '../fields.ts';
import { nearest } from '../nearest.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { sentences } from '../sentences.ts';

/** Fields that people take for another one, by `Type.field`. */
const mistaken: Readonly<Record<string, string>> = {
  'core.v1.ServicePort.containerPort': 'targetPort',
  'core.v1.ServicePort.target': 'targetPort',
  'core.v1.ServicePort.hostPort': 'nodePort',
  'core.v1.ContainerPort.port': 'containerPort',
  'core.v1.ContainerPort.targetPort': 'containerPort',
  'core.v1.VolumeMount.path': 'mountPath',
  'core.v1.VolumeMount.volume': 'name',
  'core.v1.EnvVar.key': 'name',
  'core.v1.HTTPGetAction.url': 'path',
  'core.v1.SecretVolumeSource.name': 'secretName',
  'core.v1.ConfigMapVolumeSource.configMapName': 'name',
  'core.v1.PersistentVolumeClaimVolumeSource.name': 'claimName',
  'core.v1.Container.entrypoint': 'command',
};

/** Fields of older API versions, and where they are now. */
const moved: Readonly<Record<string, () => string>> = {
  'networking.v1.IngressBackend.serviceName': () => t('In networking.k8s.io/v1 it is service.name.'),
  'networking.v1.IngressBackend.servicePort': () =>
    t('In networking.k8s.io/v1 it is service.port.number or service.port.name.'),
  'networking.v1.IngressSpec.backend': () => t('In networking.k8s.io/v1 it is defaultBackend.'),
  'batch.v1.CronJobSpec.template': () => t('A CronJob has jobTemplate.spec.template.'),
};

/** A field that the kind does not have; kubectl and the server refuse it (strict decoding). */
export const unknownField: Rule = {
  code: 'unknown-field',
  title: 'A field that the kind does not have',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'unknown') continue;
      const { map, entry, type } = issue;
      const name = entry.key.value;
      const free = [...type.fields.keys()].filter((field) => !map.has(field));
      const meant =
        mistaken[`${type.name}.${name}`] ?? nearest(name, free) ?? nearest(name, type.fields.keys());
      const rename = meant !== undefined && free.includes(meant) ? meant : undefined;
      const fixes: FixDraft[] =
        rename === undefined ? [] : [replaceFix(t('Rename to {0}', rename), entry.key, rename, true)];
      context.report(
        entry.key,
        sentences(
          t('{0}: there is no field "{1}" here.', pathText(issue.path), name),
          advice(name, meant, context.object.kind, type, () => home(context.object, context.schemas, name)),
        ),
        {
          fixes: [...fixes, ...removeFix(map, name)],
        },
      );
    }
  },
};

function advice(
  name: string,
  meant: string | undefined,
  kind: string,
  type: ObjectType,
  home: () => Path | undefined,
): string | undefined {
  const known = moved[`${type.name}.${name}`];
  if (known !== undefined) return known();
  if (meant !== undefined) return t('Did you mean "{0}"?', meant);
  const place = home();
  return place === undefined
    ? undefined
    : t('In a {0} it stands under {1}: is the indentation right?', kind, pathText(place));
}

/** Where in the kind a field of this name may stand, nearest to the root; for fields in the wrong place. */
function home(
  object: Parameters<typeof typeOfObject>[0],
  schemas: readonly Schema[],
  name: string,
): Path | undefined {
  const root = typeOfObject(object, schemas);
  if (root === undefined) return undefined;
  const queue: { type: ObjectType; path: Path }[] = [{ type: root.type, path: [] }];
  const seen = new Set<string>();
  for (const { type, path } of queue) {
    if (path.length > 0 && type.fields.has(name)) return path;
    for (const field of type.fields.values()) {
      const inner = objectIn(field.type);
      const next = inner === undefined ? undefined : root.schema.type(inner.name);
      if (inner === undefined || next === undefined || seen.has(next.name) || field.name === 'status')
        continue;
      seen.add(next.name);
      queue.push({ type: next, path: [...path, inner.list ? `${field.name}[]` : field.name] });
    }
  }
  return undefined;
}

function objectIn(type: Type): { name: string; list: boolean } | undefined {
  if (type.is === 'object') return { name: type.name, list: false };
  if (type.is !== 'list') return undefined;
  const inner = objectIn(type.of);
  return inner && { name: inner.name, list: true };
}
