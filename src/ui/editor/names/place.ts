import type { ObjectFacts } from '../../../manifest/facts.ts';
import type { ManifestFile } from '../../../manifest/file.ts';
import { MapNode, type Node } from '../../../manifest/node.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import type { Range, Span } from '../../../manifest/position.ts';
import { mapsOf } from '../../../rules/read.ts';

/** A key, or: in one of these lists, the item whose field has this value. */
export type Step =
  string | { readonly lists: readonly string[]; readonly field: string; readonly equals: string | number };

/** Where a name is given: in the object at hand, or in one whose facts are known. */
export type Place =
  { readonly here: Span } | { readonly giver: ObjectFacts; readonly steps: readonly Step[] };

/** The object of a file that the facts were read from, as the file is now. */
export function objectOf(file: ManifestFile, facts: ObjectFacts): ManifestObject | undefined {
  const same = file.objects.filter(
    ({ kind, name, namespace }) =>
      kind === facts.kind && name === facts.name && namespace === facts.namespace,
  );
  return same.find((object) => object.apiVersion === facts.apiVersion) ?? same[0];
}

/** The range that steps lead to in an object; where a step leads nowhere, that of the last thing found. */
export function locate(object: ManifestObject, steps: readonly Step[]): Range {
  let node: Node | undefined = object.root;
  let place: Span =
    object.entryAt(['metadata', 'name'])?.value ?? object.entryAt(['kind'])?.value ?? object.root;
  for (const step of steps) {
    if (!(node instanceof MapNode)) break;
    if (typeof step === 'string') {
      const entry = node.entry(step);
      if (entry === undefined) break;
      node = entry.value;
      place = node.type === 'scalar' && node.end > node.start ? node : entry.key;
    } else {
      const item = itemOf(node, step);
      if (item === undefined) break;
      node = item;
      place = item.entries[0]?.key ?? item;
    }
  }
  return object.rangeOf(place);
}

function itemOf(map: MapNode, { lists, field, equals }: Exclude<Step, string>): MapNode | undefined {
  return lists
    .flatMap((list) => mapsOf(map.get(list)))
    .find((item) => {
      const value = item.get(field);
      return value?.type === 'scalar' && value.value === equals;
    });
}
