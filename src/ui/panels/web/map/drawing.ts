import { oneLine } from '../../../../base/hostileText.ts';
import type { MapBox, MapEdge, MapNode, MapState } from '../../protocol/map.ts';
import { el, svg } from '../shared/elements.ts';
import { icon, type IconName } from '../shared/icons.ts';
import type { Page } from '../shared/page.ts';
import { edgePath } from './edgePath.ts';
import type { Rect, Size } from './geometry.ts';
import { podSize } from './layout.ts';

type Texts = Pick<Page<never>, 'text'>;

/** kubectl's short names, which the reader's terminal shows too. */
const shortNames: Readonly<Record<string, string>> = {
  Namespace: 'ns',
  Service: 'svc',
  Pod: 'pod',
  Node: 'node',
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
  Volume: 'vol',
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  Job: 'job',
  CronJob: 'cj',
};
const stateIcons: Readonly<Record<MapState, IconName | undefined>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  none: undefined,
};
const longestLabel = 34;

export function stateText(state: MapState, { text }: Texts): string {
  return text({ ok: 'fine', warning: 'warning', failed: 'problem', none: 'notKnown' }[state]);
}

/** What a screen reader says of a thing; begins with its name. */
export function spokenNode(node: MapNode, connections: number, texts: Texts): string {
  const { text } = texts;
  const isBad = isTrouble(node);
  return [
    oneLine(node.name),
    node.what,
    isBad ? stateText(node.state, texts) : '',
    oneLine(node.word),
    oneLine(node.detail),
    node.namespace === '' ? '' : text('inNamespace', oneLine(node.namespace)),
    connections === 0 ? '' : text('connectionsOf', connections),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The second line of a card. */
function lineOf({ state, word, detail, kind }: MapNode): string {
  if (state === 'failed' || state === 'warning') return word || detail;
  return kind === 'Workload' || kind === 'Volume'
    ? [word, detail].filter(Boolean).join(' · ')
    : detail || word;
}

export function isTrouble({ state }: Pick<MapNode, 'state'>): boolean {
  return state === 'failed' || state === 'warning';
}

/** Measures text as it will be drawn. */
export function textMeasure(): (text: string, small?: boolean) => number {
  const context = document.createElement('canvas').getContext('2d');
  const { fontFamily } = getComputedStyle(document.body);
  const known = new Map<string, number>();
  return (text, small = false) => {
    const key = `${small ? 's' : 'l'}${text}`;
    let width = known.get(key);
    if (width === undefined) {
      if (context === null) return text.length * 7;
      context.font = small ? `11px ${fontFamily}` : `600 12px ${fontFamily}`;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}

export function sizeOf(
  node: MapNode,
  inBox: boolean,
  measure: (text: string, small?: boolean) => number,
): Size {
  if (inBox) return podSize;
  const label = measure(oneLine(node.label, longestLabel));
  const below = measure(oneLine(lineOf(node), longestLabel + 6), true);
  const badge = measure(glyphOf(node), true) + 14;
  const state = stateIcons[node.state] === undefined ? 0 : 22;
  return { width: Math.ceil(Math.max(120, badge + Math.max(label, below) + state + 22)), height: 46 };
}

function glyphOf({ kind, what }: MapNode): string {
  return shortNames[kind === 'Workload' ? what : kind] ?? what.toLowerCase().slice(0, 6);
}

export function drawNode(node: MapNode, rect: Rect, inBox: boolean, spoken: string): SVGGElement {
  const { width, height } = rect;
  const iconName = stateIcons[node.state];
  const mark = iconName === undefined ? undefined : stateIcon(iconName, width - 22, inBox ? 6 : 8);
  const label = oneLine(node.label, inBox ? 16 : longestLabel);
  const below = oneLine(lineOf(node), longestLabel + 6);
  const glyph = glyphOf(node);
  const glyphWidth = 12 + glyph.length * 6.2;
  const children = inBox
    ? [text('label', 9, 17, label)]
    : [
        svg('rect', { class: 'glyph', x: 8, y: 8, width: glyphWidth, height: 16, rx: 3 }),
        text('glyph-text', 8 + glyphWidth / 2, 20, glyph),
        text('label', 14 + glyphWidth, 20, label),
        text('below', 9, 37, below),
      ];
  const title = [oneLine(node.name), node.what, oneLine(node.word)].filter(Boolean).join(', ');
  return svg(
    'g',
    {
      class: `node kind-${node.kind} state-${node.state}${inBox ? ' in-box' : ''}`,
      transform: `translate(${rect.x} ${rect.y})`,
      'data-node': node.id,
    },
    // What is seen, and over it what is pressed, named in whole words.
    svg(
      'g',
      { class: 'seen', 'aria-hidden': 'true' },
      svg('rect', { class: 'card', width, height, rx: node.kind === 'Service' ? height / 2.4 : 4 }),
      ...children,
      mark,
    ),
    svg(
      'rect',
      {
        class: 'hit',
        id: elementId(node.id),
        width,
        height,
        role: 'button',
        tabindex: -1,
        'aria-label': spoken,
      },
      svg('title', {}, title),
    ),
  );
}

function stateIcon(name: IconName, x: number, y: number): SVGSVGElement {
  const mark = icon(name);
  for (const [key, value] of Object.entries({ x, y, width: 14, height: 14 }))
    mark.setAttribute(key, String(value));
  return mark;
}

/** A box with its title, and in words how much trouble is in it. */
export function drawBox(box: MapBox, rect: Rect, trouble: string): SVGGElement {
  const label = oneLine(box.label, Math.max(8, Math.floor((rect.width - 16) / 7.2)));
  return svg(
    'g',
    { class: `box is-${box.is}`, transform: `translate(${rect.x} ${rect.y})`, 'aria-hidden': 'true' },
    svg('title', {}, [oneLine(box.label), box.what, trouble].filter(Boolean).join(', ')),
    svg('rect', { class: 'frame', width: rect.width, height: rect.height, rx: 6 }),
    text('title', 10, 19, trouble === '' ? label : `${label} · ⚠ ${trouble}`),
  );
}

/** A box's name as it is seen when the map is far away; a namespace's stands above its box. */
export function drawFarTitle(box: MapBox, rect: Rect, trouble: string): SVGGElement {
  const y = box.is === 'workload' ? rect.height / 2 : -6;
  return svg(
    'g',
    { class: `far-title is-${box.is}`, transform: `translate(${rect.x} ${rect.y})`, 'aria-hidden': 'true' },
    svg(
      'text',
      { x: rect.width / 2, y },
      trouble === '' ? oneLine(box.label, 40) : `${oneLine(box.label, 40)} ⚠`,
    ),
  );
}

/** What policies say goes past the services in between. */
function isPolicy({ kind }: MapEdge): boolean {
  return kind === 'allowed' || kind === 'denied';
}

export function drawEdge(edge: MapEdge, from: Rect, to: Rect): SVGGElement {
  const { line, head } = edgePath(from, to, isPolicy(edge));
  return svg(
    'g',
    { class: `edge kind-${edge.kind} state-${edge.state}`, 'aria-hidden': 'true' },
    svg('title', {}, oneLine([edge.word, edge.about].filter(Boolean).join(' · '))),
    svg('path', { class: 'line', d: line }),
    svg('path', { class: 'head', d: head }),
  );
}

/** What is written on a connection; '' where nothing is. A check's begins with a sign. */
export function wordOf({ kind, state, word, count }: MapEdge): string {
  const sign = kind !== 'check' ? '' : { ok: '✓', warning: '?', failed: '✕', none: '' }[state];
  const times = count > 1 && kind !== 'check' ? `×${count}` : '';
  // Of a check the verdict; its status and times stand in the details.
  const shown = kind === 'check' ? (word.split(' · ')[0] ?? '') : word;
  return [sign, oneLine(shown, 40), times].filter(Boolean).join(' ');
}

export function drawEdgeWord(edge: MapEdge, word: string, from: Rect, to: Rect): SVGGElement {
  const { middle } = edgePath(from, to, isPolicy(edge));
  const half = word.length * 3.2 + 6;
  return svg(
    'g',
    {
      class: `edge edge-word kind-${edge.kind} state-${edge.state}`,
      transform: `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`,
      'aria-hidden': 'true',
    },
    svg('rect', { x: -half, y: -9, width: 2 * half, height: 17, rx: 8 }),
    text('edge-text', 0, 4, word),
  );
}

function text(name: string, x: number, y: number, content: string): SVGTextElement {
  return svg('text', { class: name, x, y }, content);
}

/** An id for an element; a cluster's names may hold anything. */
export function elementId(id: string): string {
  return `n-${encodeURIComponent(id)}`;
}

/** A state as an icon with its word, for lists and details. */
export function stateBadge(state: MapState, word: string): HTMLElement | undefined {
  const name = stateIcons[state];
  if (name === undefined && word === '') return undefined;
  return el('span', { class: `badge state-${state}` }, name !== undefined && icon(name), oneLine(word));
}
