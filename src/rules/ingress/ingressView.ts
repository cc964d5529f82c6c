import type { MapNode } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { mapOf, mapsOf } from '../read.ts';

/** Where a path of an Ingress, or its default, leads. */
export interface BackendView {
  readonly node: MapNode;
  /** The map that it is in, and under which key. */
  readonly holder: MapNode;
  readonly key: 'backend' | 'defaultBackend';
}

export function ingressSpec(object: ManifestObject): MapNode | undefined {
  return mapOf(object.at(['spec']));
}

export function pathsOf(spec: MapNode): readonly MapNode[] {
  return mapsOf(spec.get('rules')).flatMap((rule) => mapsOf(mapOf(rule.get('http'))?.get('paths')));
}

export function backendsOf(spec: MapNode): readonly BackendView[] {
  const holders = [
    { holder: spec, key: 'defaultBackend' as const },
    ...pathsOf(spec).map((holder) => ({ holder, key: 'backend' as const })),
  ];
  return holders.flatMap(({ holder, key }) => {
    const node = mapOf(holder.get(key));
    return node ? [{ node, holder, key }] : [];
  });
}
