import { groupBy } from '../../../../base/groupBy.ts';
import type { MapContent, MapEdge, MapNode } from '../../protocol/map.ts';
import { quietChecks } from '../../protocol/mapEdges.ts';
import { svg } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';
import { fitted, panned, showing, zoomed, type Sight } from './camera.ts';
import {
  drawBox,
  drawEdge,
  drawEdgeWord,
  drawFarTitle,
  drawNode,
  elementId,
  isTrouble,
  spokenNode,
  wordOf,
} from './drawing.ts';
import type { Rect, Size } from './geometry.ts';
import type { MapLayout } from './layout.ts';

interface Kept {
  readonly key: string;
  readonly element: SVGGElement;
}

/** The drawing: its layers, how it is looked at, and which thing is the present one. */
export class Stage {
  readonly element: SVGSVGElement;
  readonly #camera = svg('g', {});
  readonly #layers = {
    boxes: svg('g', {}),
    edges: svg('g', {}),
    nodes: svg('g', {}),
    words: svg('g', {}),
    titles: svg('g', {}),
  };
  readonly #page: Pick<Page<never>, 'text'>;
  readonly #kept = {
    boxes: new Map<string, Kept>(),
    edges: new Map<string, Kept>(),
    nodes: new Map<string, Kept>(),
    words: new Map<string, Kept>(),
    titles: new Map<string, Kept>(),
  };
  #content: MapContent | undefined;
  #layout: MapLayout | undefined;
  #edgesOf = new Map<string, readonly MapEdge[]>();
  #sight: Sight = { x: 0, y: 0, scale: 1 };
  /** The node that Tab comes to. */
  #current = '';
  #selected = '';
  #withPlacement = false;
  /** The whole map is looked at, and stays so when the window or the map changes. */
  #isFitted = true;
  /** Called when the map is looked at in another way. */
  onMove: () => void = () => undefined;

  constructor(page: Pick<Page<never>, 'text'>) {
    this.#page = page;
    this.element = svg('svg', {
      ...{ class: 'map', id: 'map', tabindex: 0, role: 'application' },
      ...{ 'aria-label': page.text('map'), 'aria-description': page.text('mapAbout') },
    });
    this.#camera.append(...Object.values(this.#layers));
    this.element.append(this.#camera);
  }

  get layout(): MapLayout | undefined {
    return this.#layout;
  }

  get current(): string {
    return this.#current;
  }

  get isFitted(): boolean {
    return this.#isFitted;
  }

  get sight(): Sight {
    return this.#sight;
  }

  node(id: string): MapNode | undefined {
    return this.#content?.nodes.find((node) => node.id === id);
  }

  /** The connections of a node, its workload's box's among them. */
  edgesOf(id: string): readonly MapEdge[] {
    return this.#edgesOf.get(id) ?? [];
  }

  /** The nodes at the other ends of a node's connections; a box stands for all in it. */
  connectedTo(id: string): ReadonlySet<string> {
    const box = this.node(id)?.box ?? '';
    const own = new Set([id, box]);
    const ends = new Set(this.edgesOf(id).map(({ from, to }) => (own.has(from) ? to : from)));
    const nodes = this.#content?.nodes.filter((node) => ends.has(node.id) || ends.has(node.box)) ?? [];
    return new Set(nodes.map((node) => node.id));
  }

  /** Draws what differs from what is drawn. @param breathe awaited between pieces of the work */
  async show(content: MapContent, layout: MapLayout, breathe: () => Promise<void>): Promise<void> {
    // What the eye is on stays where it is, should things before it have grown.
    const anchor = this.#selected || this.#current;
    const before = this.#layout?.nodes.get(anchor);
    const after = layout.nodes.get(anchor);
    this.#content = content;
    this.#layout = layout;
    const boxIds = new Set(content.boxes.filter(({ is }) => is === 'workload').map(({ id }) => id));
    const ids = new Set(content.nodes.map(({ id }) => id));
    this.#edgesOf = edgesByNode(content, boxIds);
    if (!ids.has(this.#current)) this.#current = content.nodes[0]?.id ?? '';
    if (!ids.has(this.#selected)) this.#selected = '';
    if (this.#isFitted) this.fit();
    else if (before && after)
      this.look({
        ...this.#sight,
        x: this.#sight.x + after.x - before.x,
        y: this.#sight.y + after.y - before.y,
      });
    const troubles = groupBy(content.nodes.filter(isTrouble), ({ box }) => box);
    const titles = content.boxes.map((box) => {
      const bad = troubles.get(box.id)?.length ?? 0;
      const trouble = bad === 0 ? '' : this.#page.text(bad === 1 ? 'oneProblem' : 'problems', bad);
      return { id: box.id, box, trouble };
    });
    await this.#reconcile('boxes', titles, breathe, ({ box, trouble }) => {
      const rect = layout.boxes.get(box.id);
      return rect && [JSON.stringify([box, rect, trouble]), () => drawBox(box, rect, trouble)];
    });
    await this.#reconcile('titles', titles, breathe, ({ box, trouble }) => {
      const rect = layout.boxes.get(box.id);
      return rect && [JSON.stringify([box.label, rect, trouble]), () => drawFarTitle(box, rect, trouble)];
    });
    await this.#reconcile('nodes', content.nodes, breathe, (node) => {
      const rect = layout.nodes.get(node.id);
      const inBox = boxIds.has(node.box);
      const spoken = spokenNode(node, this.edgesOf(node.id).length, this.#page);
      return rect && [JSON.stringify([node, rect, spoken]), () => drawNode(node, rect, inBox, spoken)];
    });
    await this.#drawEdges(breathe);
    this.#mark();
    this.look(this.#sight);
  }

  /** Draws the connections that are always seen, and those of what is selected. */
  async #drawEdges(breathe: () => Promise<void>): Promise<void> {
    const layout = this.#layout;
    const own = new Set(this.edgesOf(this.#selected));
    const edges = this.#content?.edges ?? [];
    const quiet = quietChecks(edges);
    const isAlwaysSeen = ({ id, kind }: MapEdge): boolean =>
      kind === 'runs-on' ? this.#withPlacement : kind !== 'denied' && !quiet.has(id);
    const shown = edges.filter((edge) => own.has(edge) || isAlwaysSeen(edge));
    const ends = ({ from, to }: MapEdge): readonly [Rect, Rect] | undefined => {
      const start = layout?.nodes.get(from) ?? layout?.boxes.get(from);
      const end = layout?.nodes.get(to) ?? layout?.boxes.get(to);
      return start && end && [start, end];
    };
    await this.#reconcile('edges', shown, breathe, (edge) => {
      const rects = ends(edge);
      return rects && [JSON.stringify([edge, rects]), () => drawEdge(edge, ...rects)];
    });
    // Above the nodes, which a word in their midst would be hidden by.
    await this.#reconcile('words', shown, breathe, (edge) => {
      const rects = ends(edge);
      const word = wordOf(edge);
      if (rects === undefined || word === '') return undefined;
      return [JSON.stringify([edge, rects]), () => drawEdgeWord(edge, word, ...rects)];
    });
  }

  showPlacement(isShown: boolean): void {
    if (this.#withPlacement === isShown) return;
    this.#withPlacement = isShown;
    void this.#drawEdges(never).then(() => this.#mark());
  }

  async #reconcile<T extends { readonly id: string }>(
    layer: 'boxes' | 'edges' | 'nodes' | 'words' | 'titles',
    things: readonly T[],
    breathe: () => Promise<void>,
    drawing: (thing: T) => readonly [key: string, draw: () => SVGGElement] | undefined,
  ): Promise<void> {
    const kept = this.#kept[layer];
    const seen = new Set<string>();
    for (const thing of things) {
      await breathe();
      const made = seen.has(thing.id) ? undefined : drawing(thing);
      if (made === undefined) continue;
      const { id } = thing;
      const [key, draw] = made;
      seen.add(id);
      const before = kept.get(id);
      if (before?.key === key) continue;
      const element = draw();
      const hadFocus = before?.element.contains(document.activeElement) === true;
      if (before === undefined) this.#layers[layer].append(element);
      else before.element.replaceWith(element);
      kept.set(id, { key, element });
      if (hadFocus) document.getElementById(elementId(id))?.focus({ preventScroll: true });
    }
    for (const [id, { element }] of kept) {
      if (seen.has(id)) continue;
      // Who worked on a thing that is gone is still on the map.
      if (element.contains(document.activeElement)) this.element.focus({ preventScroll: true });
      element.remove();
      kept.delete(id);
    }
  }

  /** Makes a node the present one: it is marked with its connections, and Tab comes back to it. */
  select(id: string, how: { readonly focus?: boolean; readonly readable?: boolean } = {}): void {
    const isOther = this.#selected !== id;
    this.#selected = id;
    if (id !== '') this.#current = id;
    if (isOther) void this.#drawEdges(never).then(() => this.#mark());
    this.#mark();
    const rect = this.#layout?.nodes.get(id);
    if (rect !== undefined) this.#move(showing(this.#sight, rect, this.size, how.readable));
    if (how.focus === true) document.getElementById(elementId(id))?.focus({ preventScroll: true });
  }

  /** Marks what a search found. */
  match(ids: ReadonlySet<string>): void {
    for (const [id, { element }] of this.#kept.nodes) element.classList.toggle('match', ids.has(id));
  }

  #mark(): void {
    const selected = this.#selected;
    const lit = selected === '' ? new Set<string>() : this.connectedTo(selected);
    const own = new Set(this.edgesOf(selected));
    this.element.classList.toggle('has-selection', selected !== '');
    for (const [id, { element }] of this.#kept.nodes) {
      element.classList.toggle('selected', id === selected);
      element.classList.toggle('lit', lit.has(id));
      element.lastElementChild?.setAttribute('tabindex', id === this.#current ? '0' : '-1');
    }
    const edges = new Map(this.#content?.edges.map((edge) => [edge.id, edge]));
    for (const [id, { element }] of [...this.#kept.edges, ...this.#kept.words]) {
      const edge = edges.get(id);
      element.classList.toggle('lit', edge !== undefined && own.has(edge));
    }
  }

  get size(): Size {
    return { width: this.element.clientWidth || 800, height: this.element.clientHeight || 500 };
  }

  /** Looks at the map so. @param isFitted whether that is all of the map, and should stay so */
  look(sight: Sight, isFitted = this.#isFitted): void {
    this.#isFitted = isFitted;
    this.#sight = sight;
    this.onMove();
    const { x, y, scale } = sight;
    this.#camera.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`);
    this.element.classList.toggle('far', scale < 0.3);
    this.element.classList.toggle('middle', scale >= 0.3 && scale < 0.6);
    for (const [id, { element }] of this.#kept.titles) {
      const rect = this.#layout?.boxes.get(id);
      const title = element.querySelector('text');
      if (rect === undefined || title === null) continue;
      const isWorkload = element.classList.contains('is-workload');
      const fits = ((rect.width + (isWorkload ? 0 : 40)) * 1.75) / Math.max(4, title.textContent.length);
      title.style.fontSize = `${Math.min((isWorkload ? 11 : 14) / scale, fits).toFixed(1)}px`;
    }
  }

  #move(sight: Sight): void {
    const { x, y, scale } = this.#sight;
    if (sight.x === x && sight.y === y && sight.scale === scale) return;
    this.#isFitted = false;
    this.look(sight);
  }

  resized(): void {
    if (this.#isFitted) this.fit();
  }

  fit(): void {
    this.#isFitted = true;
    if (this.#layout !== undefined) this.look(fitted(this.#layout, this.size));
  }

  /** @param at a point of the view; its centre by default */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.size;
    this.#move(zoomed(this.#sight, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  pan(dx: number, dy: number): void {
    this.#move(panned(this.#sight, dx, dy));
  }
}

function edgesByNode(
  { nodes, edges }: MapContent,
  boxes: ReadonlySet<string>,
): Map<string, readonly MapEdge[]> {
  const ends = groupBy(
    edges.flatMap((edge) => [
      { end: edge.from, edge },
      { end: edge.to, edge },
    ]),
    ({ end }) => end,
  );
  const of = (id: string): readonly MapEdge[] => ends.get(id)?.map(({ edge }) => edge) ?? [];
  return new Map(nodes.map(({ id, box }) => [id, boxes.has(box) ? [...of(id), ...of(box)] : of(id)]));
}

/** For the few connections of one thing, which are drawn at once. */
function never(): Promise<void> {
  return Promise.resolve();
}
