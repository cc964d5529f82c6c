import { ExplainedError } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import type { Kind, ObjectsByKind } from '../model/objects.ts';
import type { Coverage, Snapshot } from '../model/snapshot.ts';

const words: Readonly<Record<'Pod' | 'Service' | 'Node', readonly [one: string, many: string]>> = {
  Pod: ['pod', 'pods'],
  Service: ['service', 'services'],
  Node: ['node', 'nodes'],
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
  const [one, many] = words[kind];
  const where = kind === 'Node' ? 'in the cluster' : `in namespace ${shown(namespace)}`;
  const coverage = snapshot.coverage(kind);
  if (coverage.is !== 'complete') {
    throw new ExplainedError('not-read', `Whether there is a ${one} ${shown(name)} ${where} is not known`, {
      remedy: `The ${many} could not be read: ${whyNot(coverage)}`,
    });
  }
  throw new ExplainedError(`no-such-${one}`, `There is no ${one} ${shown(name)} ${where}`, {
    remedy: suggestion(snapshot, kind, namespace, name),
  });
}

function whyNot(coverage: Exclude<Coverage, { readonly is: 'complete' }>): string {
  switch (coverage.is) {
    case 'unread':
      return 'nothing asked for them yet.';
    case 'loading':
      return 'they are still being read.';
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
  if (elsewhere.length > 0) return `There is one in namespace ${listed(elsewhere, name)}.`;
  const names = snapshot.inNamespace(kind, namespace).map((object) => object.name);
  if (names.length === 0) return 'There are none at all there.';
  return `There are: ${listed(names, name)}.`;
}

/** Up to eight names, those that share most with the one asked for first. */
function listed(names: readonly string[], asked: string): string {
  const near = (name: string): number => {
    let same = 0;
    while (same < name.length && name[same] === asked[same]) same++;
    return name.includes(asked) ? asked.length + 1 : same;
  };
  const sorted = [...names].sort((a, b) => near(b) - near(a));
  const more = sorted.length > 8 ? ` and ${sorted.length - 8} more` : '';
  return sorted.slice(0, 8).map(shown).join(', ') + more;
}

/** A name for a message. */
export function shown(name: string): string {
  return oneLine(name, 80);
}
