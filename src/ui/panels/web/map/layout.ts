import { groupBy } from '../../../../base/groupBy.ts';
import type { MapBox, MapContent, MapEdgeKind, MapNode } from '../../protocol/map.ts';
import { placeComponent, type Item, type Link } from './component.ts';
import { moved, shelves, type Rect, type Size } from './geometry.ts';

/*
 * Where everything stands. Pods of a workload stand in a grid, and only services, workloads and volumes are arranged
 * by their connections, namespace by namespace: each piece is small, between two of them the page can breathe, and
 * what did not change stays where it was.
 */

export interface MapLayout extends Size {
  readonly nodes: ReadonlyMap<string, Rect>;
  readonly boxes: ReadonlyMap<string, Rect>;
}

/** What an arrangement remembers for the next: pieces that are the same are not arranged anew. */
export interface LayoutMemory {
  pieces: Map<string, ReadonlyMap<string, Rect>>;
  /** The pods of each workload's box by their places in the grid. */
  readonly slots: Map<string, readonly (string | undefined)[]>;
}

export function newMemory(): LayoutMemory {
  return { pieces: new Map(), slots: new Map() };
}

type Drawn = Pick<MapContent, 'nodes' | 'boxes' | 'edges'>;

/** Connections that say what belongs beside what; the others follow. */
const arranging: ReadonlySet<MapEdgeKind> = new Set(['endpoint', 'mounts', 'bound']);
export const podSize: Size = { width: 124, height: 26 };
const podGap = 6;
const boxPadding = 12;
const boxHeader = 30;
const pieceGap = 28;
const namespaceGap = 40;
/** Editors are wider than high. */
const viewRatio = 1.8;
/** Checks draw things together too, as long as they are few: who asks stands before what is asked. */
const mostArrangingChecks = 30;

/**
 * @param sizeOf how much room a node needs
 * @param breathe gives the page a turn when it is time; rejects when the arrangement is no longer wanted
 */
export async function layoutMap(
  { nodes, boxes, edges }: Drawn,
  sizeOf: (node: MapNode) => Size,
  memory: LayoutMemory,
  breathe: () => Promise<void>,
): Promise<MapLayout> {
  const byBox = groupBy(nodes, ({ box }) => box);
  const workloads = boxes.filter(({ is }) => is === 'workload');
  const grids = new Map(workloads.map((box) => [box.id, gridOf(box, byBox.get(box.id) ?? [], memory)]));
  const itemOf = new Map<string, string>();
  for (const { id, box } of nodes) itemOf.set(id, grids.has(box) ? box : id);
  for (const { id } of workloads) itemOf.set(id, id);
  const checks = edges.filter(({ kind }) => kind === 'check').length;
  const links = edges
    .filter(({ kind }) => arranging.has(kind) || (kind === 'check' && checks <= mostArrangingChecks))
    .flatMap(({ from, to }): readonly Link[] => {
      const [one, other] = [itemOf.get(from), itemOf.get(to)];
      return one === undefined || other === undefined || one === other ? [] : [{ from: one, to: other }];
    });
  const pieces: LayoutMemory['pieces'] = new Map();
  const placed: { readonly id: string; readonly inner: ReadonlyMap<string, Rect>; readonly size: Size }[] =
    [];
  const outer = [...boxes.filter(({ is }) => is !== 'workload'), ...(byBox.has('') ? [looseBox] : [])];
  const linksOf = groupBy(links, ({ from }) => from);
  for (const { id } of outer) {
    const items: Item[] = [
      ...(byBox.get(id) ?? []).map((node) => ({ id: node.id, kind: node.kind, ...sizeOf(node) })),
      ...workloads
        .filter(({ parent }) => parent === id)
        .map((box) => ({ id: box.id, kind: 'Workload' as const, ...(grids.get(box.id)?.size ?? podSize) })),
    ];
    const inner = new Map<string, Rect>();
    const parts: ReadonlyMap<string, Rect>[] = [];
    for (const { members, own } of componentsOf(items, linksOf)) {
      const key = JSON.stringify([members.map((item) => [item.id, item.width, item.height]), own]);
      const piece = memory.pieces.get(key) ?? placeComponent(members, own);
      pieces.set(key, piece);
      parts.push(piece);
      await breathe();
    }
    const { places, size } = shelves(parts.map(extent), pieceGap, viewRatio);
    parts.forEach((piece, index) => {
      const { x = 0, y = 0 } = places[index] ?? {};
      for (const [item, rect] of piece) inner.set(item, moved(rect, x, y));
    });
    placed.push({ id, inner, size });
  }
  memory.pieces = pieces;
  return joined(placed, grids);
}

const looseBox: Pick<MapBox, 'id'> = { id: '' };

interface Grid {
  readonly size: Size;
  readonly cells: ReadonlyMap<string, Rect>;
}

/** The grid of a workload's pods: who was there keeps its place, who is new takes a free one. */
function gridOf({ id }: MapBox, pods: readonly MapNode[], memory: LayoutMemory): Grid {
  const now = new Set(pods.map((pod) => pod.id));
  const before = (memory.slots.get(id) ?? []).map((slot) =>
    slot !== undefined && now.has(slot) ? slot : undefined,
  );
  const known = new Set(before);
  const slots = [...before];
  for (const pod of pods) {
    if (known.has(pod.id)) continue;
    const free = slots.indexOf(undefined);
    if (free === -1) slots.push(pod.id);
    else slots[free] = pod.id;
  }
  // Gaps at the end, or more gaps than pods, are given up.
  const kept = slots.filter(Boolean).length * 2 < slots.length ? slots.filter(Boolean) : slots;
  while (kept.length > 0 && kept.at(-1) === undefined) kept.pop();
  memory.slots.set(id, kept);
  const across = Math.max(1, Math.round(Math.sqrt(kept.length * 0.4)));
  const cells = new Map<string, Rect>();
  kept.forEach((slot, index) => {
    if (slot === undefined) return;
    const x = boxPadding + (index % across) * (podSize.width + podGap);
    const y = boxHeader + Math.floor(index / across) * (podSize.height + podGap);
    cells.set(slot, { x, y, ...podSize });
  });
  const down = Math.ceil(kept.length / across);
  return {
    cells,
    size: {
      width: 2 * boxPadding + across * (podSize.width + podGap) - podGap,
      height: boxHeader + boxPadding + down * (podSize.height + podGap) - podGap,
    },
  };
}

/** Things that are connected with each other; the largest pieces first, and all that stands alone at the end. */
function componentsOf(
  items: readonly Item[],
  linksOf: ReadonlyMap<string, readonly Link[]>,
): readonly { readonly members: readonly Item[]; readonly own: readonly Link[] }[] {
  const here = new Set(items.map(({ id }) => id));
  const leader = new Map<string, string>();
  const lead = (id: string): string => {
    let top = id;
    for (let next = leader.get(top); next !== undefined; next = leader.get(top)) top = next;
    if (top !== id) leader.set(id, top);
    return top;
  };
  const links = items.flatMap(({ id }) => (linksOf.get(id) ?? []).filter(({ to }) => here.has(to)));
  for (const { from, to } of links) {
    const [one, other] = [lead(from), lead(to)];
    if (one !== other) leader.set(other, one);
  }
  const own = groupBy(links, ({ from }) => lead(from));
  return [...groupBy(items, ({ id }) => lead(id))]
    .map(([top, members]) => ({ members, own: own.get(top) ?? [] }))
    .sort((a, b) => weight(b.members) - weight(a.members));
}

/** In coarse steps, so that a pod more or less does not change the order. */
function weight(items: readonly Item[]): number {
  return Math.floor(Math.log2(items.reduce((sum, { width, height }) => sum + width * height, 1)));
}

function extent(piece: ReadonlyMap<string, Rect>): Size {
  const rects = [...piece.values()];
  return {
    width: Math.max(0, ...rects.map(({ x, width }) => x + width)),
    height: Math.max(0, ...rects.map(({ y, height }) => y + height)),
  };
}

function joined(
  placed: readonly { readonly id: string; readonly inner: ReadonlyMap<string, Rect>; readonly size: Size }[],
  grids: ReadonlyMap<string, Grid>,
): MapLayout {
  const nodes = new Map<string, Rect>();
  const boxes = new Map<string, Rect>();
  const framed = placed.map(({ id, inner, size }) => ({
    id,
    inner,
    size:
      id === ''
        ? size
        : { width: Math.max(150, size.width + 2 * boxPadding), height: size.height + boxHeader + boxPadding },
  }));
  // What belongs to no namespace comes last.
  const isCluster = ({ id }: { readonly id: string }): number => (id === 'cluster' ? 1 : 0);
  framed.sort((a, b) => isCluster(a) - isCluster(b) || b.size.height - a.size.height);
  const { places, size: whole } = shelves(
    framed.map(({ size }) => size),
    namespaceGap,
    viewRatio,
  );
  framed.forEach(({ id, inner, size }, index) => {
    const { x = 0, y = 0 } = places[index] ?? {};
    if (id !== '') boxes.set(id, { x, y, ...size });
    const [left, top] = id === '' ? [x, y] : [x + boxPadding, y + boxHeader];
    for (const [item, rect] of inner) {
      const here = moved(rect, left, top);
      const grid = grids.get(item);
      if (grid === undefined) nodes.set(item, here);
      else {
        boxes.set(item, here);
        for (const [pod, cell] of grid.cells) nodes.set(pod, moved(cell, here.x, here.y));
      }
    }
  });
  return { nodes, boxes, ...whole };
}
