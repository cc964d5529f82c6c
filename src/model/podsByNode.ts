import { groupBy } from '../base/groupBy.ts';
import type { Pod } from './objects.ts';
import type { Snapshot } from './snapshot.ts';

// A cache of a pure function of an immutable Snapshot.
const cache = new WeakMap<Snapshot, ReadonlyMap<string, readonly Pod[]>>();

/** The pods of each node, by the node's name; those not scheduled stand under ''. */
export function podsByNode(snapshot: Snapshot): ReadonlyMap<string, readonly Pod[]> {
  let byNode = cache.get(snapshot);
  if (byNode === undefined) {
    byNode = groupBy(snapshot.all('Pod'), ({ nodeName }) => nodeName);
    cache.set(snapshot, byNode);
  }
  return byNode;
}
