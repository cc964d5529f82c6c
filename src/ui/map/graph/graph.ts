import type { MapBox, MapEdge, MapNode, MapState } from '../../panels/protocol/map.ts';

/*
 * The map as nodes, boxes and edges: pure, of a Snapshot and what a person chose to see. Its texts come from
 * `MapWords`, so that it knows no language and no editor.
 */

export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly boxes: readonly MapBox[];
  readonly edges: readonly MapEdge[];
}

/** The box of what belongs to no namespace. */
export const clusterBox = 'cluster';

export function nodeId(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

export function namespaceBox(namespace: string): string {
  return `in/${namespace}`;
}

/** The worst of some states. */
export function worst(states: Iterable<MapState>): MapState {
  let found: MapState = 'none';
  for (const state of states) {
    if (state === 'failed') return 'failed';
    if (state === 'warning' || found === 'none') found = state;
  }
  return found;
}

export function isProblem({ state }: { readonly state: MapState }): boolean {
  return state === 'failed' || state === 'warning';
}
