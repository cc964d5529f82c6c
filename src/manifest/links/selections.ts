import { labelsMatch, readLabelSelector, type LabelSelector } from '../../model/labelSelector.ts';
import type { ObjectFacts } from '../facts.ts';
import { MapNode, toJson } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import type { Span } from '../position.ts';
import type { KnownFacts } from './knownFacts.ts';
import { isNear } from './near.ts';
import { selectorOfMap } from './selectorMentions.ts';

/** A selector of pods in an object, and what it selects of the objects that are known. */
export interface PodSelection {
  /** The selector's key. */
  readonly span: Span;
  readonly selected: readonly ObjectFacts[];
  /** How many pods that is; undefined where an object among them does not say. */
  readonly pods: number | undefined;
}

/** The field with an object's own selector of pods, and whether it is a plain map of labels. */
const selectorFields: Readonly<Record<string, { field: string; plain?: true; own?: true }>> = {
  Service: { field: 'selector', plain: true },
  NetworkPolicy: { field: 'podSelector' },
  PodDisruptionBudget: { field: 'selector' },
  Deployment: { field: 'selector', own: true },
  StatefulSet: { field: 'selector', own: true },
  DaemonSet: { field: 'selector', own: true },
  ReplicaSet: { field: 'selector', own: true },
  ReplicationController: { field: 'selector', plain: true, own: true },
};

/** Which pods an object selects; undefined where it has no selector. A Service's empty selector selects none. */
export function podSelectionOf(object: ManifestObject, known: KnownFacts): PodSelection | undefined {
  const where = selectorFields[object.kind];
  if (where === undefined) return undefined;
  const entry = object.entryAt(['spec', where.field]);
  if (!(entry?.value instanceof MapNode) || entry.merged) return undefined;
  const selector = where.plain ? selectorOfMap(entry.value) : readLabelSelector(toJson(entry.value));
  if (selector === undefined || (object.kind !== 'NetworkPolicy' && isEmpty(selector))) return undefined;
  const selected = known
    .podsFor(selector)
    .filter(
      (facts) =>
        facts.pods !== undefined &&
        facts.kind !== 'PodTemplate' &&
        isNear(facts.namespace, object.namespace) &&
        (where.own !== true || (facts.kind === object.kind && facts.name === object.name)) &&
        labelsMatch(selector, facts.pods.labels),
    );
  return { span: entry.key, selected, pods: sum(selected.map(({ pods }) => pods?.replicas)) };
}

function isEmpty({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function sum(numbers: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const number of numbers) {
    if (number === undefined) return undefined;
    total += number;
  }
  return total;
}
