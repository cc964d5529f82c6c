import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { ObjectName, ServedKind } from '../../model/requests.ts';

/** `v1` → `/api/v1`; `apps/v1` → `/apis/apps/v1`. */
export function groupVersionPath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(segment);
  return parts.length === 1 ? `/api/${parts.join('')}` : `/apis/${parts.join('/')}`;
}

/**
 * The path of a kind's collection in a namespace.
 * @throws ExplainedError `bad-name` where the namespace is missing or cannot be one.
 */
export function collectionPath(kind: ServedKind, namespace: string): string {
  const base = groupVersionPath(kind.apiVersion);
  const plural = segment(kind.plural);
  return kind.namespaced ? `${base}/namespaces/${segment(namespace)}/${plural}` : `${base}/${plural}`;
}

/** The path of one object. @throws ExplainedError `bad-name`: without a name the path would mean all of them. */
export function objectPath(kind: ServedKind, { namespace, name }: ObjectName): string {
  return `${collectionPath(kind, namespace)}/${segment(name)}`;
}

/** One part of a path, which cannot become more or fewer parts. @throws ExplainedError `bad-name` */
export function segment(name: string): string {
  // No object is called so, and a proxy may take the dots for directions.
  if (name === '' || name === '.' || name === '..' || name.includes('/')) {
    throw new ExplainedError('bad-name', t('"{0}" cannot be the name of an object.', oneLine(name, 80)), {
      remedy: t('Give the object its name and namespace.'),
    });
  }
  return encodeURIComponent(name);
}
