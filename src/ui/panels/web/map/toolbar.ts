import { oneLine } from '../../../../base/hostileText.ts';
import type { MapContent, MapView } from '../../protocol/map.ts';
import { button, el } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';

/** What is shown beside the drawing. */
export interface Parts {
  readonly list: boolean;
  readonly legend: boolean;
  readonly filter: boolean;
  readonly placement: boolean;
}

const levels = ['auto', 'objects', 'workloads', 'namespaces'] as const;
const levelKeys = {
  auto: 'levelAuto',
  objects: 'levelObjects',
  workloads: 'levelWorkloads',
  namespaces: 'levelNamespaces',
} as const;

/** The row of buttons above the map. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #text: Page<never>['text'];
  readonly #search: HTMLInputElement;
  readonly #found = el('span', { class: 'found muted', id: 'found', role: 'status' });
  readonly #level: HTMLSelectElement;
  readonly #path = el('nav', { class: 'path', id: 'path' });
  readonly #list: HTMLButtonElement;
  readonly #legend: HTMLButtonElement;
  readonly #filter: HTMLButtonElement;
  readonly #whole: (view: Partial<MapView>) => void;

  constructor(
    page: Pick<Page<never>, 'text'>,
    on: {
      readonly zoom: (factor: number) => void;
      readonly fit: () => void;
      readonly fullSize: () => void;
      readonly search: (query: string) => void;
      readonly step: (by: number) => void;
      readonly level: (level: MapView['level']) => void;
      readonly toggle: (part: 'list' | 'legend' | 'filter') => void;
      readonly whole: (view: Partial<MapView>) => void;
      readonly save: () => void;
    },
  ) {
    const text = page.text.bind(page);
    this.#text = text;
    this.#whole = on.whole;
    this.#path.setAttribute('aria-label', text('whole'));
    this.#search = el('input', {
      ...{ type: 'search', id: 'search', placeholder: text('search'), 'aria-label': text('search') },
    });
    this.#search.addEventListener('input', () => on.search(this.#search.value));
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') on.step(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape' && this.#search.value !== '') {
        this.#search.value = '';
        on.search('');
        event.stopPropagation();
      }
    });
    this.#level = el(
      'select',
      { id: 'level', 'aria-label': text('level'), title: text('level') },
      ...levels.map((level) => el('option', { value: level }, text(levelKeys[level]))),
    );
    this.#level.addEventListener('change', () => {
      const level = levels.find((each) => each === this.#level.value);
      if (level !== undefined) on.level(level);
    });
    const small = (id: string, sign: string, key: string, run: () => void): HTMLButtonElement =>
      button({ class: 'icon-button', id, title: text(key), 'aria-label': text(key) }, run, sign);
    this.#list = button({ id: 'show-list' }, () => on.toggle('list'), text('list'));
    this.#legend = button({ id: 'show-legend' }, () => on.toggle('legend'), text('legend'));
    this.#filter = button({ id: 'filter' }, () => on.toggle('filter'), text('filter'));
    this.element = el(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': text('map') },
      this.#search,
      small('previous', '↑', 'previous', () => on.step(-1)),
      small('next', '↓', 'next', () => on.step(1)),
      this.#found,
      this.#path,
      el('span', { class: 'spring' }),
      this.#level,
      this.#filter,
      this.#legend,
      this.#list,
      small('zoom-out', '−', 'zoomOut', () => on.zoom(0.8)),
      small('zoom-in', '+', 'zoomIn', () => on.zoom(1.25)),
      button({ id: 'fit', title: text('fitAll') }, on.fit, text('fit')),
      button({ id: 'full-size', title: text('fullSizeAbout') }, on.fullSize, text('fullSize')),
      button({ id: 'export' }, on.save, text('exportSvg')),
    );
  }

  show({ view }: MapContent, parts: Parts): void {
    this.#level.value = view.level;
    this.#list.setAttribute('aria-pressed', String(parts.list));
    this.#legend.setAttribute('aria-pressed', String(parts.legend));
    this.#filter.setAttribute('aria-expanded', String(parts.filter));
    const isOn = view.onlyProblems || view.hiddenKinds.length > 0 || view.namespaces.length > 0;
    this.#filter.textContent = this.#text(isOn ? 'filterOn' : 'filter');
    this.#path.replaceChildren(...this.#steps(view));
    this.#path.hidden = this.#path.childElementCount === 0;
  }

  /** The way back from what was opened: the whole map, the namespace, the workload. */
  #steps({ namespaces, workload }: MapView): readonly Node[] {
    if (namespaces.length === 0) return [];
    const name = namespaces.length === 1 ? oneLine(namespaces[0] ?? '') : `${namespaces.length}`;
    const steps: Node[] = [
      button(
        { class: 'link', id: 'path-whole' },
        () => this.#whole({ namespaces: [], workload: undefined }),
        this.#text('whole'),
      ),
      el('span', { 'aria-hidden': 'true' }, '›'),
    ];
    if (workload === undefined) return [...steps, el('span', { 'aria-current': 'page' }, name)];
    const own = oneLine(workload.split('/').slice(3).join('/'));
    return [
      ...steps,
      button({ class: 'link', id: 'path-namespace' }, () => this.#whole({ workload: undefined }), name),
      el('span', { 'aria-hidden': 'true' }, '›'),
      el('span', { 'aria-current': 'page' }, own),
    ];
  }

  showFound(query: string, count: number, at: number): void {
    this.#found.textContent =
      query.trim() === '' ? '' : count === 0 ? this.#text('notFound') : this.#text('found', at + 1, count);
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }
}
