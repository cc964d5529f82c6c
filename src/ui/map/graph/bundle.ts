import { groupBy } from '../../../base/groupBy.ts';
import type { MapEdge, MapNode } from '../../panels/protocol/map.ts';

/**
 * Where something has the same edge to or from every pod in a workload's box, one edge to the box stands for all of
 * them: a Service with three hundred ready endpoints is one line and not three hundred.
 * @param nodes all nodes; those of a box are its members
 * @param boxes the ids of the boxes that edges may end at
 */
export function bundleEdges(
  edges: readonly MapEdge[],
  nodes: readonly MapNode[],
  boxes: ReadonlySet<string>,
): readonly MapEdge[] {
  const boxOf = new Map(nodes.filter(({ box }) => boxes.has(box)).map(({ id, box }) => [id, box]));
  const members = new Map<string, number>();
  for (const box of boxOf.values()) members.set(box, (members.get(box) ?? 0) + 1);
  const bundleSide = (side: 'from' | 'to', list: readonly MapEdge[]): readonly MapEdge[] => {
    const other = side === 'from' ? 'to' : 'from';
    const alike = groupBy(list, (edge) =>
      JSON.stringify([
        boxOf.get(edge[side]) ?? edge.id,
        edge[other],
        edge.kind,
        edge.state,
        edge.word,
        edge.about,
      ]),
    );
    return [...alike.values()].flatMap((same) => {
      const [first] = same;
      const box = first && boxOf.get(first[side]);
      const ends = new Set(same.map((edge) => edge[side]));
      if (first === undefined || box === undefined || ends.size < 2 || ends.size !== members.get(box))
        return same;
      const count = same.reduce((sum, edge) => sum + edge.count, 0);
      const ended = side === 'from' ? { ...first, from: box } : { ...first, to: box };
      return [{ ...ended, id: `${ended.kind}:${ended.from}>${ended.to}`, count }];
    });
  };
  return bundleSide('from', bundleSide('to', edges));
}
