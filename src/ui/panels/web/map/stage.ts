import { groupBy } from '../../../../base/groupBy.ts';
import type { MapContent, MapEdge, MapNode } from '../../protocol/map.ts';
import { svg } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';
import { fitted, panned, showing, zoomed, type Sight } from './camera.ts';
import { drawBox, drawEdge, drawNode, elementId, spokenNode } from './drawing.ts';
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
  readonly #layers = { boxes: svg('g', {}), edges: svg('g', {}), nodes: svg('g', {}) };
  readonly #page: Pick<Page<never>, 'text'>;
  readonly #kept = {
    boxes: new Map<string, Kept>(),
    edges: new Map<string, Kept>(),
    nodes: new Map<string, Kept>(),
  };
  #content: MapContent | undefined;
  #layout: MapLayout | undefined;
  #edgesOf = new Map<string, readonly MapEdge[]>();
  #sight: Sight = { x: 0, y: 0, scale: 1 };
  /** The node that Tab comes to. */
  #current = '';
  #selected = '';

  constructor(page: Pick<Page<never>, 'text'>) {
    this.#page = page;
    this.element = svg('svg', {
      ...{ class: 'map', id: 'map', tabindex: 0, role: 'application' },
      ...{ 'aria-label': page.text('map'), 'aria-description': page.text('mapAbout') },
    });
    this.#camera.append(this.#layers.boxes, this.#layers.edges, this.#layers.nodes);
    this.element.append(this.#camera);
  }

  get layout(): MapLayout | undefined {
    return this.#layout;
  }

  get current(): string {
    return this.#current;
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

  show(content: MapContent, layout: MapLayout): void {
    this.#content = content;
    const isFirst = this.#layout === undefined;
    // What the eye is on stays where it is, should things before it have grown.
    const anchor = this.#selected || this.#current;
    const before = this.#layout?.nodes.get(anchor);
    const after = layout.nodes.get(anchor);
    this.#layout = layout;
    const boxIds = new Set(content.boxes.filter(({ is }) => is === 'workload').map(({ id }) => id));
    const boxOf = new Map(content.nodes.map(({ id, box }) => [id, box]));
    this.#edgesOf = edgesByNode(content, boxIds);
    const place = (id: string): Rect | undefined => layout.nodes.get(id) ?? layout.boxes.get(id);
    this.#reconcile('boxes', content.boxes, (box) => {
      const rect = layout.boxes.get(box.id);
      const members = content.nodes.filter((node) => node.box === box.id);
      const bad = members.filter(({ state }) => state === 'failed' || state === 'warning').length;
      const trouble = bad === 0 ? '' : `${bad} × ${this.#page.text('problem')}`;
      return rect && [JSON.stringify([box, rect, trouble]), () => drawBox(box, rect, trouble)];
    });
    this.#reconcile('edges', content.edges, (edge) => {
      const [from, to] = [place(edge.from), place(edge.to)];
      return from && to && [JSON.stringify([edge, from, to]), () => drawEdge(edge, from, to)];
    });
    this.#reconcile('nodes', content.nodes, (node) => {
      const rect = layout.nodes.get(node.id);
      const inBox = boxIds.has(node.box);
      const spoken = spokenNode(node, this.edgesOf(node.id).length, this.#page);
      return rect && [JSON.stringify([node, rect, spoken]), () => drawNode(node, rect, inBox, spoken)];
    });
    if (!boxOf.has(this.#current)) this.#current = content.nodes[0]?.id ?? '';
    if (!boxOf.has(this.#selected)) this.#selected = '';
    this.#mark();
    if (isFirst) this.fit();
    else if (before && after)
      this.look({
        ...this.#sight,
        x: this.#sight.x + after.x - before.x,
        y: this.#sight.y + after.y - before.y,
      });
    else this.look(this.#sight);
  }

  #reconcile<T extends { readonly id: string }>(
    layer: 'boxes' | 'edges' | 'nodes',
    things: readonly T[],
    drawing: (thing: T) => readonly [key: string, draw: () => SVGGElement] | undefined,
  ): void {
    const kept = this.#kept[layer];
    const seen = new Set<string>();
    for (const thing of things) {
      const made = drawing(thing);
      if (made === undefined || seen.has(thing.id)) continue;
      seen.add(thing.id);
      const [key, draw] = made;
      const before = kept.get(thing.id);
      if (before?.key === key) continue;
      const element = draw();
      const hadFocus = before?.element === document.activeElement;
      if (before === undefined) this.#layers[layer].append(element);
      else before.element.replaceWith(element);
      if (hadFocus) element.focus({ preventScroll: true });
      kept.set(thing.id, { key, element });
    }
    for (const [id, { element }] of kept) {
      if (seen.has(id)) continue;
      // Who worked on a thing that is gone is still on the map.
      if (element === document.activeElement) this.element.focus({ preventScroll: true });
      element.remove();
      kept.delete(id);
    }
  }

  /** Makes a node the present one: it is marked with its connections, and Tab comes back to it. */
  select(id: string, how: { readonly focus?: boolean; readonly readable?: boolean } = {}): void {
    this.#selected = id;
    if (id !== '') this.#current = id;
    this.#mark();
    const rect = this.#layout?.nodes.get(id);
    if (rect !== undefined) this.look(showing(this.#sight, rect, this.size, how.readable));
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
      element.setAttribute('tabindex', id === this.#current ? '0' : '-1');
    }
    const edges = new Map(this.#content?.edges.map((edge) => [edge.id, edge]));
    for (const [id, { element }] of this.#kept.edges) {
      const edge = edges.get(id);
      element.classList.toggle('lit', edge !== undefined && own.has(edge));
    }
  }

  get size(): Size {
    return { width: this.element.clientWidth || 800, height: this.element.clientHeight || 500 };
  }

  look(sight: Sight): void {
    this.#sight = sight;
    const { x, y, scale } = sight;
    this.#camera.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`);
    this.element.classList.toggle('far', scale < 0.3);
    this.element.classList.toggle('middle', scale >= 0.3 && scale < 0.6);
    for (const [id, { element }] of this.#kept.boxes) {
      const rect = this.#layout?.boxes.get(id);
      const title = element.querySelector<SVGTextElement>('.far-title');
      if (rect === undefined || title === null) continue;
      const fits = (rect.width * 1.5) / Math.max(4, title.textContent.length);
      title.style.fontSize = `${Math.min(14 / scale, fits, rect.height * 0.6).toFixed(1)}px`;
    }
  }

  fit(): void {
    if (this.#layout !== undefined) this.look(fitted(this.#layout, this.size));
  }

  /** @param at a point of the view; its centre by default */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.size;
    this.look(zoomed(this.#sight, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  pan(dx: number, dy: number): void {
    this.look(panned(this.#sight, dx, dy));
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
