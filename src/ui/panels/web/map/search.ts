import type { MapNode } from '../../protocol/map.ts';

/** The nodes in which every word of a search stands, in name, namespace, state, address or another fact. */
export function findNodes(nodes: readonly MapNode[], query: string): readonly MapNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.filter((node) => {
    const { name, namespace, what, word, detail, facts } = node;
    const text = [name, namespace, what, word, detail, ...facts.map(({ value }) => value)]
      .join('\n')
      .toLowerCase();
    return words.every((each) => text.includes(each));
  });
}
