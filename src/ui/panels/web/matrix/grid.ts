import { el } from '../shared/elements.ts';
import { cell, groupCell, headCell, rowHeader, type Look } from './cells.ts';
import { sizesOf, spanOf, type Sizes } from './geometry.ts';
import type { Layout, RowItem } from './layout.ts';
import { toneOf, type Table } from './table.ts';
import type { MatrixPage } from './words.ts';

/** What the grid tells its page. */
export interface GridListener {
  /** A cell is to be opened; by keyboard, where the focus should follow, or by the mouse. */
  readonly open: (row: number, column: number, byKeyboard: boolean) => void;
  /** The cell that the keyboard is at has changed. */
  readonly moved: (row: number, column: number) => void;
  readonly fold: (group: string) => void;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly cells: Map<number, { readonly element: HTMLElement; readonly key: string }>;
}

/** Where the keyboard is: places among the items and columns that are shown. */
interface Place {
  readonly item: number;
  readonly column: number;
}

/**
 * The heat map: a grid of which only what is in sight stands in the page, so that 100 by 100 cells cost what a screenful
 * does. The cell that the keyboard is at is always there.
 */
export class Grid {
  readonly element: HTMLElement;
  readonly #sheet = el('div', { class: 'sheet', role: 'presentation' });
  readonly #page: MatrixPage;
  readonly #listener: GridListener;
  readonly #rows = new Map<number, DrawnRow>();
  #look: Look | undefined;
  #at: Place = { item: 0, column: 0 };
  #frame = 0;

  constructor(page: MatrixPage, listener: GridListener) {
    this.#page = page;
    this.#listener = listener;
    this.element = el(
      'div',
      { class: 'grid', id: 'grid', role: 'grid', 'aria-label': page.text('grid'), 'aria-readonly': 'true' },
      this.#sheet,
    );
    this.element.addEventListener('scroll', () => this.#later());
    this.element.addEventListener('click', (event) => this.#click(event));
    this.element.addEventListener('focusin', (event) => this.#focused(event));
    new ResizeObserver(() => this.#later()).observe(this.element);
  }

  /** The pair that the keyboard is at; undefined on a namespace's row. */
  get current(): { readonly row: number; readonly column: number } | undefined {
    const item = this.#layout?.items[this.#at.item];
    const column = this.#layout?.columns[this.#at.column];
    return item?.is === 'row' && column !== undefined ? { row: item.row, column } : undefined;
  }

  get #layout(): Layout | undefined {
    return this.#look?.layout;
  }

  get #sizes(): Sizes {
    return this.#look?.sizes ?? sizesOf(undefined, false);
  }

  /** Shows another table or another part of it. The keyboard stays at its pair, where that is still shown. */
  show(table: Table, layout: Layout, compact: boolean, compare: boolean): void {
    const before = this.current;
    const hadFocus = this.element.contains(document.activeElement);
    const sizes = sizesOf(table.content, compact, layout.bands.length > 0);
    this.#look = { page: this.#page, table, layout, sizes, compact, compare };
    this.element.classList.toggle('compact', compact);
    this.element.setAttribute('aria-rowcount', String(layout.items.length + 1));
    this.element.setAttribute('aria-colcount', String(layout.columns.length + 1));
    this.#at = this.#placeOf(before?.row, before?.column) ?? this.#nearest(this.#at);
    const { header, cell: width, head, row } = sizes;
    this.#sheet.style.width = `${header + layout.columns.length * width}px`;
    this.#sheet.style.height = `${head + layout.items.length * row}px`;
    this.#rows.clear();
    this.#sheet.replaceChildren();
    this.#paint();
    if (hadFocus) this.focus();
  }

  /** Cells have new values. */
  refresh(): void {
    this.#later();
  }

  /** Brings the keyboard's cell into sight, without the focus. */
  reveal(): void {
    this.#bringIntoSight();
    this.#later();
  }

  /** Puts the keyboard's focus on its cell. */
  focus(): void {
    this.#bringIntoSight();
    this.#paint();
    this.#activeElement()?.focus({ preventScroll: true });
  }

  /** Goes to a pair; false where the filter hides it. */
  goTo(row: number, column: number): boolean {
    const place = this.#placeOf(row, column);
    if (place === undefined) return false;
    this.#move(place);
    return true;
  }

  /** Goes by so many rows and columns, within the bounds. */
  step(items: number, columns: number): void {
    this.#move(this.#nearest({ item: this.#at.item + items, column: this.#at.column + columns }));
  }

  /** Goes to the first or last column, and with `whole` to the first or last row too. */
  toEdge(end: 'first' | 'last', whole: boolean): void {
    const far = end === 'first' ? -Infinity : Infinity;
    this.#move(this.#nearest({ item: whole ? far : this.#at.item, column: far }));
  }

  /** How many rows a screenful has. */
  get pageRows(): number {
    return Math.max(1, Math.floor((this.element.clientHeight - this.#sizes.head) / this.#sizes.row) - 1);
  }

  /** Goes to the next cell, in reading order and around the end, that is not as it should be. */
  toNextFailure(backwards: boolean): boolean {
    const { table, layout: { items, columns } = { items: [], columns: [] } } = this.#look ?? {};
    const length = items.length * columns.length;
    const start = this.#at.item * columns.length + this.#at.column;
    for (let step = 1; table !== undefined && step <= length; step++) {
      const index = (start + (backwards ? -step : step) + 2 * length) % length;
      const item = items[Math.floor(index / columns.length)];
      const column = columns[index % columns.length];
      if (item?.is !== 'row' || column === undefined) continue;
      const tone = toneOf(table, item.row * table.columns + column);
      if (tone !== 'bad' && tone !== 'maybe') continue;
      this.#move({ item: Math.floor(index / columns.length), column: index % columns.length });
      return true;
    }
    return false;
  }

  /** Opens the cell that the keyboard is at, or folds its namespace. */
  activate(): void {
    const item = this.#layout?.items[this.#at.item];
    const pair = this.current;
    if (item?.is === 'group') this.#listener.fold(item.name);
    else if (pair !== undefined) this.#listener.open(pair.row, pair.column, true);
  }

  #move(place: Place): void {
    const old = this.#activeElement();
    this.#at = place;
    old?.setAttribute('tabindex', '-1');
    this.focus();
    const pair = this.current;
    if (pair !== undefined) this.#listener.moved(pair.row, pair.column);
  }

  #nearest({ item, column }: Place): Place {
    const clamp = (value: number, length = 0): number => Math.max(0, Math.min(length - 1, value));
    return {
      item: clamp(item, this.#layout?.items.length),
      column: clamp(column, this.#layout?.columns.length),
    };
  }

  #placeOf(row: number | undefined, column: number | undefined): Place | undefined {
    const item = this.#layout?.items.findIndex((each) => each.is === 'row' && each.row === row) ?? -1;
    const at = this.#layout?.columns.findIndex((each) => each === column) ?? -1;
    return item < 0 || at < 0 ? undefined : { item, column: at };
  }

  #activeElement(): HTMLElement | undefined {
    const item = this.#layout?.items[this.#at.item];
    const drawn = this.#rows.get(this.#at.item);
    return drawn?.cells.get(item?.is === 'group' ? -1 : this.#at.column)?.element;
  }

  #bringIntoSight(): void {
    const { header, cell: width, head, row } = this.#sizes;
    const { element } = this;
    const top = this.#at.item * row;
    const left = this.#at.column * width;
    element.scrollTop = Math.min(top, Math.max(element.scrollTop, top + row + head - element.clientHeight));
    element.scrollLeft = Math.min(
      left,
      Math.max(element.scrollLeft, left + width + header - element.clientWidth),
    );
  }

  #later(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  /** Brings what stands in the page in line with what is in sight. */
  #paint(): void {
    const layout = this.#layout;
    if (layout === undefined) return;
    const { element } = this;
    const { header, cell: width, head, row } = this.#sizes;
    const items = spanOf(element.scrollTop, element.clientHeight - head, row, layout.items.length);
    const columns = spanOf(element.scrollLeft, element.clientWidth - header, width, layout.columns.length);
    const wanted = new Set([-1, ...items, this.#at.item]);
    for (const [index, drawn] of this.#rows) {
      if (wanted.has(index)) continue;
      drawn.element.remove();
      this.#rows.delete(index);
    }
    for (const index of [...wanted].sort((a, b) => a - b)) {
      const item = layout.items[index];
      if (index >= 0 && item === undefined) continue;
      const drawn = this.#rows.get(index) ?? this.#newRow(index, item);
      const across = index === this.#at.item ? [...columns, this.#at.column] : columns;
      this.#paintCells(drawn, index, item, item?.is === 'group' ? [] : across);
    }
  }

  #newRow(index: number, item: RowItem | undefined): DrawnRow {
    const element = el('div', {
      class: item === undefined ? 'row head' : item.is === 'group' ? 'row group' : 'row',
      role: 'row',
      'aria-rowindex': index + 2,
    });
    if (item !== undefined) {
      element.style.top = `${this.#sizes.head + index * this.#sizes.row}px`;
      element.style.height = `${this.#sizes.row}px`;
    } else element.style.height = `${this.#sizes.head}px`;
    const drawn = { element, cells: new Map() } satisfies DrawnRow;
    const next = [...this.#rows].filter(([each]) => each > index).sort(([a], [b]) => a - b)[0]?.[1].element;
    this.#rows.set(index, drawn);
    // In reading order, for those who do not see where it is drawn.
    this.#sheet.insertBefore(element, next ?? null);
    return drawn;
  }

  #paintCells(drawn: DrawnRow, index: number, item: RowItem | undefined, columns: readonly number[]): void {
    const look = this.#look;
    if (look === undefined) return;
    const wanted = new Set([-1, ...columns]);
    for (const [column, { element }] of drawn.cells) {
      if (wanted.has(column)) continue;
      element.remove();
      drawn.cells.delete(column);
    }
    for (const column of [...wanted].sort((a, b) => a - b)) {
      if (column >= 0 && this.#layout?.columns[column] === undefined) continue;
      const key = this.#keyOf(index, item, column);
      const old = drawn.cells.get(column);
      if (old?.key === key) continue;
      const element =
        item === undefined
          ? headCell(look, column)
          : item.is === 'group'
            ? groupCell(look, item)
            : column < 0
              ? rowHeader(look, item.row)
              : cell(look, item.row, column);
      element.dataset.item = String(index);
      element.dataset.column = String(column);
      const isActive = index === this.#at.item && (column === this.#at.column || item?.is === 'group');
      if (item?.is === 'group' || (item !== undefined && column >= 0)) element.tabIndex = isActive ? 0 : -1;
      drawn.cells.set(column, { element, key });
      if (old === undefined) {
        const after = [...drawn.cells].filter(([each]) => each > column).sort(([a], [b]) => a - b)[0];
        drawn.element.insertBefore(element, after?.[1].element ?? null);
      } else {
        const hadFocus = old.element === document.activeElement;
        old.element.replaceWith(element);
        if (hadFocus) element.focus({ preventScroll: true });
      }
    }
    const active = drawn.cells.get(item?.is === 'group' ? -1 : this.#at.column)?.element;
    if (index === this.#at.item && active !== undefined) active.tabIndex = 0;
  }

  /** All that a cell's look depends on. */
  #keyOf(index: number, item: RowItem | undefined, column: number): string {
    const table = this.#look?.table;
    if (table === undefined || index < 0 || column < 0 || item?.is !== 'row') return 'head';
    const at = item.row * table.columns + (this.#layout?.columns[column] ?? 0);
    return `${table.verdict[at]} ${table.status[at]} ${table.ms[at]} ${table.mark[at]}`;
  }

  #click(event: MouseEvent): void {
    const place = this.#placeOfEvent(event);
    const item = this.#layout?.items[place?.item ?? -1];
    if (place === undefined || item === undefined) return;
    if (item.is === 'group') this.#listener.fold(item.name);
    else {
      const target = this.#layout?.columns[place.column];
      if (target !== undefined) this.#listener.open(item.row, target, false);
    }
  }

  #focused(event: FocusEvent): void {
    const place = this.#placeOfEvent(event);
    if (place === undefined || (place.item === this.#at.item && place.column === this.#at.column)) return;
    this.#activeElement()?.setAttribute('tabindex', '-1');
    this.#at = place;
    this.#activeElement()?.setAttribute('tabindex', '0');
  }

  #placeOfEvent({ target }: Event): Place | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null;
    if (element === null) return undefined;
    const item = Number(element.dataset.item);
    const column = Number(element.dataset.column);
    if (item < 0) return undefined;
    if (this.#layout?.items[item]?.is === 'group') return { item, column: this.#at.column };
    return column < 0 ? undefined : { item, column };
  }
}
