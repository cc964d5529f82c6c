import { labelsMatch } from '../../model/labelSelector.ts';
import type { Labels } from '../../model/objects.ts';
import type { ManifestObject } from '../object.ts';
import type { GivingMention, Mention, Selection, UsingMention } from './mention.ts';
import { isNear } from './near.ts';

/** Kinds that stand in no namespace. */
const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'StorageClass',
  'IngressClass',
  'PriorityClass',
  'RuntimeClass',
  'ClusterRole',
]);

/** Whether a use means what a giver gives: with selectors that match, in the same namespace as far as is said. */
export function refersTo(use: UsingMention, giver: GivingMention): boolean {
  const { what } = use;
  const given = giver.what;
  switch (given.is) {
    case 'object':
      return (
        what.is === 'object' &&
        what.name === given.name &&
        what.kind === given.kind &&
        (clusterScoped.has(given.kind) || isNear(what.namespace, giver.object.namespace))
      );
    case 'volume':
      return what.is === 'volume' && what.name === given.name && use.object === giver.object;
    case 'port':
      if (what.is !== 'port' || what.port !== given.port) return false;
      return 'container' in what
        ? use.object === giver.object && what.container === given.container
        : selects(what.selection, use.object, given.labels, giver.object);
    case 'servicePort':
      return (
        what.is === 'servicePort' &&
        what.service === given.service &&
        what.port === given.port &&
        isNear(use.object.namespace, giver.object.namespace)
      );
    case 'label':
      return (
        what.is === 'label' &&
        what.of === given.of &&
        what.part === given.part &&
        what.key === given.key &&
        (what.part === 'key' || what.value === given.value) &&
        selects(what.selection, use.object, given.labels, giver.object, given.of === 'namespaces')
      );
  }
}

/** The givers that a use means. */
export function giversOf(use: UsingMention, among: readonly Mention[]): readonly GivingMention[] {
  return among.filter((mention) => mention.role === 'gives').filter((giver) => refersTo(use, giver));
}

/** The uses that mean what a giver gives. */
export function usesOf(giver: GivingMention, among: readonly Mention[]): readonly UsingMention[] {
  return among.filter((mention) => mention.role === 'uses').filter((use) => refersTo(use, giver));
}

/**
 * Everything that must be renamed together with a mention: the givers of its uses, the uses of those, and so on.
 * A Service that selects two Deployments ties the labels of both.
 */
export function familyOf(start: Mention, among: readonly Mention[]): readonly Mention[] {
  const family = new Set<Mention>([start]);
  const queue: Mention[] = [start];
  for (let mention = queue.pop(); mention; mention = queue.pop()) {
    const linked = mention.role === 'gives' ? usesOf(mention, among) : giversOf(mention, among);
    // One text may say two things: a Namespace's name is a label of it, too.
    const same = among.filter((other) => other.node === mention.node);
    for (const other of [...linked, ...same]) {
      if (family.has(other)) continue;
      family.add(other);
      queue.push(other);
    }
  }
  return [...family];
}

function selects(
  { selector, pods }: Selection,
  by: ManifestObject,
  labels: Labels,
  bearer: ManifestObject,
  ofNamespaces = false,
): boolean {
  if (pods === 'own' && by !== bearer) return false;
  if (pods === 'namespace' && !ofNamespaces && !isNear(by.namespace, bearer.namespace)) return false;
  return labelsMatch(selector, labels);
}
