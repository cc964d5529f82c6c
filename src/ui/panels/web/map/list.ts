import { groupBy } from '../../../../base/groupBy.ts';
import { oneLine } from '../../../../base/hostileText.ts';
import { mapKinds, type MapContent, type MapNode } from '../../protocol/map.ts';
import { button, el } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';
import { connection } from './details.ts';
import { elementId, spokenNode, stateBadge } from './drawing.ts';
import type { Stage } from './stage.ts';

/** A thing's further connections stand in its details. */
const mostConnections = 20;

/** The same content as the map, as a list: by box, then by kind, each thing with its connections in words. */
export function list(
  page: Pick<Page<never>, 'text'>,
  content: MapContent,
  stage: Stage,
  open: (id: string) => void,
): HTMLElement {
  const parents = new Map(content.boxes.map(({ id, parent }) => [id, parent]));
  const outer = (box: string): string => {
    const parent = parents.get(box) ?? '';
    return parent === '' ? box : parent;
  };
  const byBox = groupBy(content.nodes, ({ box }) => outer(box));
  const sections = [...byBox].map(([id, nodes], index) => {
    const box = content.boxes.find((candidate) => candidate.id === id);
    const byKind = groupBy(nodes, ({ kind }) => kind);
    return el(
      'section',
      { 'aria-labelledby': `list-${index}` },
      el('h2', { id: `list-${index}` }, oneLine(box?.label ?? page.text('whole'))),
      ...mapKinds.flatMap((kind) => {
        const own = byKind.get(kind) ?? [];
        if (own.length === 0) return [];
        return [
          el('h3', {}, `${page.text(kind)} (${own.length})`),
          el('ul', {}, ...own.map((node) => row(page, content, stage, node, open))),
        ];
      }),
    );
  });
  return el('div', { class: 'list', id: 'list' }, ...sections);
}

function row(
  page: Pick<Page<never>, 'text'>,
  content: MapContent,
  stage: Stage,
  node: MapNode,
  open: (id: string) => void,
): HTMLElement {
  const edges = stage.edgesOf(node.id);
  return el(
    'li',
    {},
    button(
      { class: 'link', id: `list-${elementId(node.id)}`, 'aria-label': spokenNode(node, edges.length, page) },
      () => open(node.id),
      oneLine(node.name),
    ),
    ' ',
    stateBadge(node.state, node.word),
    el('span', { class: 'muted' }, ` ${oneLine(node.detail)}`),
    edges.length > 0 &&
      el(
        'ul',
        { class: 'connections' },
        ...edges
          .slice(0, mostConnections)
          .map((edge, index) =>
            connection(page, content, node, edge, open, `list-${index}-${elementId(node.id)}`),
          ),
        edges.length > mostConnections && el('li', { class: 'muted' }, `+ ${edges.length - mostConnections}`),
      ),
  );
}
