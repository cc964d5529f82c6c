import { labelsMatch } from '../model/labelSelector.ts';
import type { NetworkPolicy } from '../model/networkPolicy.ts';
import type { Pod } from '../model/objects.ts';
import type { Direction } from './openings.ts';

type ByDirection = Readonly<Record<Direction, readonly NetworkPolicy[]>>;

// A cache of a pure function of immutable objects: a namespace's policies and a pod. It lives as long as they do.
const cache = new WeakMap<readonly NetworkPolicy[], WeakMap<Pod, ByDirection>>();

/**
 * The policies that select a pod, by the direction in which they isolate it.
 * @param policies those of the pod's namespace, as `Snapshot.inNamespace` answers them.
 */
export function isolatingPolicies(policies: readonly NetworkPolicy[], pod: Pod): ByDirection {
  let byPod = cache.get(policies);
  if (byPod === undefined) {
    byPod = new WeakMap();
    cache.set(policies, byPod);
  }
  let found = byPod.get(pod);
  if (found === undefined) {
    const selecting = policies.filter(({ podSelector }) => labelsMatch(podSelector, pod.labels));
    found = {
      ingress: selecting.filter(({ isolates }) => isolates.ingress),
      egress: selecting.filter(({ isolates }) => isolates.egress),
    };
    byPod.set(pod, found);
  }
  return found;
}
