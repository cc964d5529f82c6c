import type { Labels, Pod } from '../../model/objects.ts';
import { selects } from '../../model/selector.ts';

type Index = ReadonlyMap<string, readonly Pod[]>;

// A cache of a pure function of an immutable list: the Snapshot hands out the same list until a pod changes.
const indexes = new WeakMap<readonly Pod[], Index>();

/**
 * The pods of a list that a selector selects. Many services over many pods are asked at every change, so the
 * pods are looked up by label instead of walked through.
 */
export function podsSelected(pods: readonly Pod[], selector: Labels): readonly Pod[] {
  const index = indexOf(pods);
  let fewest: readonly Pod[] | undefined;
  for (const [key, value] of Object.entries(selector)) {
    const some = index.get(entryOf(key, value));
    if (some === undefined) return [];
    if (fewest === undefined || some.length < fewest.length) fewest = some;
  }
  return (fewest ?? pods).filter(({ labels }) => selects(selector, labels));
}

function indexOf(pods: readonly Pod[]): Index {
  let index = indexes.get(pods);
  if (index === undefined) {
    const building = new Map<string, Pod[]>();
    for (const pod of pods) {
      for (const [key, value] of Object.entries(pod.labels)) {
        const entry = entryOf(key, value);
        const there = building.get(entry);
        if (there === undefined) building.set(entry, [pod]);
        else there.push(pod);
      }
    }
    index = building;
    indexes.set(pods, index);
  }
  return index;
}

/** With the key's length, so that no two pairs share an entry, whatever their text. */
function entryOf(key: string, value: string): string {
  return `${key.length} ${key} ${value}`;
}
