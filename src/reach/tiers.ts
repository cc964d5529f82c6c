import { groupBy } from '../base/groupBy.ts';
import { labelsMatch } from '../model/labelSelector.ts';
import type { Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { tierPolicyKinds, type PodSet, type TierPolicy } from '../model/tierPolicy.ts';
import type { NamespaceLabels } from './openings.ts';

/** Policies of one tier in the order they are asked; those of one priority stand together, in no order. */
export type TierOrder = readonly (readonly TierPolicy[])[];
export type Tiers = Readonly<Record<TierPolicy['tier'], TierOrder>>;

// A cache of a pure function of an immutable Snapshot.
const cache = new WeakMap<Snapshot, Tiers>();

/** All cluster-wide policies, by tier and priority. */
export function tiersOf(snapshot: Snapshot): Tiers {
  let tiers = cache.get(snapshot);
  if (tiers === undefined) {
    const all = tierPolicyKinds.flatMap((kind) => snapshot.all(kind));
    tiers = { admin: ordered(all, 'admin'), baseline: ordered(all, 'baseline') };
    cache.set(snapshot, tiers);
  }
  return tiers;
}

function ordered(policies: readonly TierPolicy[], tier: TierPolicy['tier']): TierOrder {
  const ofTier = policies.filter((policy) => policy.tier === tier);
  return [...groupBy(ofTier, ({ priority }) => priority)].sort(([a], [b]) => a - b).map(([, equal]) => equal);
}

/** The policies of a tier that are about a pod, in order. */
export function tierPoliciesOf(order: TierOrder, pod: Pod, namespaceLabels: NamespaceLabels): TierOrder {
  return order
    .map((equal) =>
      equal.filter(({ subject }) => subject !== undefined && setHas(subject, pod, namespaceLabels)),
    )
    .filter((equal) => equal.length > 0);
}

/** Whether a set of pods holds this one. "Note that host-networked pods are not included" (API text). */
export function setHas(
  { namespaceSelector, podSelector }: PodSet,
  pod: Pod,
  namespaceLabels: NamespaceLabels,
): boolean {
  return (
    !pod.hostNetwork &&
    labelsMatch(namespaceSelector, namespaceLabels(pod.namespace)) &&
    (podSelector === undefined || labelsMatch(podSelector, pod.labels))
  );
}
