import { oneLine } from '../../../../base/hostileText.ts';
import type { MapAction, MapContent, MapEdge, MapNode } from '../../protocol/map.ts';
import { button, el } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';
import { stateBadge, stateText } from './drawing.ts';

const actionTexts: Readonly<Record<MapAction, string>> = {
  'show-in-tree': 'showInTree',
  describe: 'describe',
  test: 'test',
  explain: 'explain',
};
const mostConnections = 60;

/** All about one thing: its state, facts, what can be done with it, and what it is connected to. */
export function details(
  page: Pick<Page<never>, 'text'>,
  content: MapContent,
  node: MapNode,
  edges: readonly MapEdge[],
  on: {
    readonly act: (action: MapAction | 'drill') => void;
    readonly go: (id: string) => void;
    readonly close: () => void;
  },
): HTMLElement {
  const { text } = page;
  return el(
    'div',
    { class: 'details', id: 'details', role: 'dialog', 'aria-labelledby': 'details-title' },
    el(
      'header',
      {},
      el('h2', { id: 'details-title' }, oneLine(node.name)),
      button({ class: 'icon-button', id: 'details-close', 'aria-label': text('close') }, on.close, '✕'),
    ),
    el('p', { class: 'muted' }, node.what),
    stateBadge(node.state, node.word || stateText(node.state, page)),
    node.facts.length > 0 &&
      el(
        'dl',
        {},
        ...node.facts.flatMap(({ name, value }) => [el('dt', {}, name), el('dd', {}, oneLine(value))]),
      ),
    el(
      'div',
      { class: 'buttons' },
      node.drills && button({ class: 'primary', id: 'act-drill' }, () => on.act('drill'), text('open')),
      ...node.actions.map((action) =>
        button({ id: `act-${action}` }, () => on.act(action), text(actionTexts[action])),
      ),
    ),
    el('h3', {}, text('connectedTo')),
    edges.length === 0
      ? el('p', { class: 'muted' }, text('nothingConnected'))
      : el(
          'ul',
          { class: 'connections' },
          ...edges
            .slice(0, mostConnections)
            .map((edge, index) => connection(page, content, node, edge, on.go, `go-${index}`)),
        ),
    edges.length > mostConnections && el('p', { class: 'muted' }, `+ ${edges.length - mostConnections}`),
  );
}

/** One connection in words: the other end as a button, and what is known of it. */
export function connection(
  { text }: Pick<Page<never>, 'text'>,
  content: MapContent,
  node: MapNode,
  edge: MapEdge,
  go: (id: string) => void,
  buttonId: string,
): HTMLElement {
  const isFrom = edge.from === node.id || edge.from === node.box;
  const other = isFrom ? edge.to : edge.from;
  const end = content.nodes.find(({ id }) => id === other);
  const box = content.boxes.find(({ id }) => id === other);
  const name = oneLine(end?.name ?? box?.label ?? other);
  const target = end?.id ?? content.nodes.find((inside) => inside.box === other)?.id;
  const label = text(isFrom ? 'to' : 'from', `${name}${box === undefined ? '' : ` (${box.what})`}`);
  return el(
    'li',
    {},
    target === undefined
      ? el('span', {}, label)
      : button({ class: 'link', id: buttonId }, () => go(target), label),
    ' ',
    stateBadge(edge.state, edge.word),
    el('span', { class: 'muted' }, ` ${oneLine(edge.about)}`),
  );
}
