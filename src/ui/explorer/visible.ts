import type { AnyObject, Kind, ObjectsByKind } from '../../model/objects.ts';
import { isFound } from '../../model/search.ts';
import type { Scene } from './node.ts';

// A cache of a pure function of an immutable list and a text: the newest filter of each list.
const cache = new WeakMap<
  readonly AnyObject[],
  { readonly filter: string; readonly found: readonly AnyObject[] }
>();

/** The objects of a kind in a namespace ('' for cluster-scoped kinds) that the filter leaves. */
export function visible<K extends Kind>(
  { snapshot, filter }: Scene,
  kind: K,
  namespace: string,
): readonly ObjectsByKind[K][] {
  return filtered(snapshot.inNamespace(kind, namespace), filter);
}

/** Those of a list that the filter leaves. */
export function filtered<T extends AnyObject>(list: readonly T[], filter: string): readonly T[] {
  if (filter === '' || list.length === 0) return list;
  const known = cache.get(list);
  if (known?.filter === filter) return known.found as readonly T[];
  const found = list.filter((object) => isFound(object, filter));
  cache.set(list, { filter, found });
  return found;
}
