import { ExplainedError } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import { t } from '../base/l10n.ts';
import type { Kind, ObjectsByKind } from '../model/objects.ts';
import type { Coverage, Snapshot } from '../model/snapshot.ts';

interface Words {
  readonly code: string;
  readonly unknown: (name: string, namespace: string) => string;
  readonly unread: (why: string) => string;
  readonly missing: (name: string, namespace: string) => string;
}

const words: Readonly<Record<'Pod' | 'Service' | 'Node', Words>> = {
  Pod: {
    code: 'no-such-pod',
    unknown: (...names) => t('Whether there is a pod {0} in namespace {1} is not known', ...names),
    unread: (why) => t('The pods could not be read: {0}', why),
    missing: (...names) => t('There is no pod {0} in namespace {1}', ...names),
  },
  Service: {
    code: 'no-such-service',
    unknown: (...names) => t('Whether there is a service {0} in namespace {1} is not known', ...names),
    unread: (why) => t('The services could not be read: {0}', why),
    missing: (...names) => t('There is no service {0} in namespace {1}', ...names),
  },
  Node: {
    code: 'no-such-node',
    unknown: (name) => t('Whether there is a node {0} in the cluster is not known', name),
    unread: (why) => t('The nodes could not be read: {0}', why),
    missing: (name) => t('There is no node {0} in the cluster', name),
  },
};

/**
 * Finds what a reference names.
 * @throws ExplainedError `no-such-pod`, `no-such-service`, `no-such-node` with names that exist, or `not-read`
 * where the Snapshot does not hold the kind: not having read is never "there is none".
 */
export function lookUp<K extends 'Pod' | 'Service' | 'Node'>(
  snapshot: Snapshot,
  kind: K,
  namespace: string,
  name: string,
): ObjectsByKind[K] {
  const found = snapshot.get(kind, namespace, name);
  if (found !== undefined) return found;
  const { code, unknown, unread, missing } = words[kind];
  const names = [shown(name), shown(namespace)] as const;
  const coverage = snapshot.coverage(kind);
  if (coverage.is !== 'complete') {
    throw new ExplainedError('not-read', unknown(...names), { remedy: unread(whyNot(coverage)) });
  }
  throw new ExplainedError(code, missing(...names), {
    remedy: suggestion(snapshot, kind, namespace, name),
  });
}

function whyNot(coverage: Exclude<Coverage, { readonly is: 'complete' }>): string {
  switch (coverage.is) {
    case 'unread':
      return t('nothing asked for them yet.');
    case 'loading':
      return t('they are still being read.');
    case 'stale':
    case 'forbidden':
    case 'failed':
      return oneLine(coverage.message);
  }
}

function suggestion(snapshot: Snapshot, kind: Kind, namespace: string, name: string): string {
  const elsewhere = snapshot
    .namespacesWith(kind)
    .filter((other) => other !== namespace && snapshot.get(kind, other, name) !== undefined);
  if (elsewhere.length > 0) return t('There is one in namespace {0}.', listed(elsewhere, name));
  const names = snapshot.inNamespace(kind, namespace).map((object) => object.name);
  if (names.length === 0) return t('There are none at all there.');
  return t('There are: {0}.', listed(names, name));
}

/** Up to eight names, those that share most with the one asked for first. */
function listed(names: readonly string[], asked: string): string {
  const near = (name: string): number => {
    let same = 0;
    while (same < name.length && name[same] === asked[same]) same++;
    return name.includes(asked) ? asked.length + 1 : same;
  };
  const sorted = [...names].sort((a, b) => near(b) - near(a));
  const some = sorted.slice(0, 8).map(shown).join(', ');
  return sorted.length > 8 ? t('{0} and {1} more', some, sorted.length - 8) : some;
}

/** A name for a message. */
export function shown(name: string): string {
  return oneLine(name, 80);
}
