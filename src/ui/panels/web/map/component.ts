import * as dagre from '@dagrejs/dagre';
import type { MapKind } from '../../protocol/map.ts';
import type { Rect, Size } from './geometry.ts';

/** One thing to place: a node, or a workload's box with all in it. */
export interface Item extends Size {
  readonly id: string;
  readonly kind: MapKind;
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

/** Above this, dagre takes longer than a page may stand still; columns are made in no time. */
const mostForDagre = 40;
const gapInRank = 14;
/** Room for a verdict on the line. */
const gapBetweenRanks = 100;

/** Places things that are connected, the services at the left and what they lead to at the right of them. */
export function placeComponent(items: readonly Item[], links: readonly Link[]): ReadonlyMap<string, Rect> {
  if (items.length === 1) return new Map(items.map((item) => [item.id, rectAt(item, 0, 0)]));
  return items.length <= mostForDagre ? byDagre(items, links) : inColumns(items, links);
}

function byDagre(items: readonly Item[], links: readonly Link[]): ReadonlyMap<string, Rect> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: gapInRank, ranksep: gapBetweenRanks });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of items) graph.setNode(id, { width, height });
  for (const { from, to } of links) graph.setEdge(from, to);
  dagre.layout(graph);
  return new Map(
    items.map((item) => {
      const { x = 0, y = 0 } = graph.node(item.id) as { x?: number; y?: number };
      return [item.id, rectAt(item, x - item.width / 2, y - item.height / 2)];
    }),
  );
}

const columns: Readonly<Record<MapKind, number>> = {
  Namespace: 0,
  Service: 0,
  Workload: 1,
  Pod: 1,
  PersistentVolumeClaim: 2,
  Volume: 2,
  PersistentVolume: 3,
  Node: 3,
};

/** A column for each kind, each ordered by where the neighbours in the column before stand. */
function inColumns(items: readonly Item[], links: readonly Link[]): ReadonlyMap<string, Rect> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of links) {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const known = neighbours.get(one);
      if (known === undefined) neighbours.set(one, [other]);
      else known.push(other);
    }
  }
  const places = new Map<string, Rect>();
  const tallest = Math.max(...items.map(({ height }) => height));
  const area = items.reduce((sum, { width, height }) => sum + width * height, 0);
  const limit = Math.max(tallest, Math.sqrt(area * 1.4));
  let x = 0;
  for (const column of [0, 1, 2, 3]) {
    const own = items.filter(({ kind }) => columns[kind] === column);
    if (own.length === 0) continue;
    const heightOf = ({ id }: Item): number => {
      const known = (neighbours.get(id) ?? []).flatMap((other) => places.get(other)?.y ?? []);
      return known.length === 0 ? 0 : known.reduce((sum, y) => sum + y, 0) / known.length;
    };
    const wanted = new Map(own.map((item) => [item, heightOf(item)]));
    own.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    let y = 0;
    let width = 0;
    for (const item of own) {
      if (y > 0 && y + item.height > limit) {
        x += width + gapInRank * 2;
        y = 0;
        width = 0;
      }
      places.set(item.id, rectAt(item, x, y));
      y += item.height + gapInRank;
      width = Math.max(width, item.width);
    }
    x += width + gapBetweenRanks;
  }
  return places;
}

function rectAt({ width, height }: Size, x: number, y: number): Rect {
  return { x, y, width, height };
}
