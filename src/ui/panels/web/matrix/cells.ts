import { matrixChanges, type MatrixEnd } from '../../protocol/matrix.ts';
import { el } from '../shared/elements.ts';
import type { Sizes } from './geometry.ts';
import type { Layout, RowItem } from './layout.ts';
import { expectedOf, toneOf, type Table } from './table.ts';
import { verdictIcon } from './verdictIcons.ts';
import { cellLabel, verdictCode, verdictWord, type MatrixPage } from './words.ts';

/** What the grid's elements are made of. Columns count as they are shown, rows as the table has them. */
export interface Look {
  readonly page: MatrixPage;
  readonly table: Table;
  readonly layout: Layout;
  readonly sizes: Sizes;
  /** Narrow cells: letters in place of words, targets upright. */
  readonly compact: boolean;
  /** Whether what changed is marked. */
  readonly compare: boolean;
}

/** A target, or the corner for column -1. */
export function headCell({ page, table, layout, sizes }: Look, column: number): HTMLElement {
  if (column < 0) {
    const corner = el(
      'div',
      { class: 'corner', role: 'columnheader', 'aria-colindex': 1 },
      el('span', { class: 'muted' }, page.text('sourceTarget')),
    );
    corner.style.width = `${sizes.header}px`;
    return corner;
  }
  const end = table.content.to[layout.columns[column] ?? -1];
  const band = layout.bands.find(({ start }) => start === column);
  const element = el(
    'div',
    {
      class: 'column',
      role: 'columnheader',
      'aria-colindex': column + 2,
      'aria-label': end?.ref,
      title: end?.ref,
    },
    band !== undefined &&
      el('span', { class: 'band', 'aria-hidden': 'true' }, band.name || page.text('noNamespace')),
    el(
      'span',
      { class: 'column-text' },
      el('span', { class: 'name' }, end?.name ?? ''),
      el('span', { class: 'muted' }, under({ layout }, end)),
    ),
  );
  put(sizes, element, column);
  return element;
}

function under({ layout }: Pick<Look, 'layout'>, end: MatrixEnd | undefined): string {
  return [layout.bands.length === 0 ? end?.group : '', end?.detail].filter(Boolean).join(' · ');
}

/** A source. */
export function rowHeader({ table, layout, sizes }: Look, row: number): HTMLElement {
  const end = table.content.from[row];
  const element = el(
    'div',
    { class: 'source', role: 'rowheader', 'aria-colindex': 1, 'aria-label': end?.ref, title: end?.ref },
    el('span', { class: 'name' }, end?.name ?? ''),
    el('span', { class: 'muted' }, under({ layout }, end)),
  );
  element.style.width = `${sizes.header}px`;
  return element;
}

/** A namespace's row. */
export function groupCell(
  { page }: Pick<Look, 'page'>,
  item: RowItem & { readonly is: 'group' },
): HTMLElement {
  const name = item.name || page.text('noNamespace');
  return el(
    'div',
    { class: 'group-head', role: 'rowheader', 'aria-colindex': 1, 'aria-expanded': String(!item.folded) },
    el('span', { class: 'twistie', 'aria-hidden': 'true' }),
    el('span', {}, page.text('groupRow', name, item.sources, item.bad, item.done)),
  );
}

/** The verdict of a pair. */
export function cell(look: Look, row: number, column: number): HTMLElement {
  const { page, table, layout, compact, compare } = look;
  const target = layout.columns[column] ?? 0;
  const index = row * table.columns + target;
  const verdict = table.verdict[index] ?? -1;
  const tone = toneOf(table, index);
  const quiet = layout.matches?.[index] === 0;
  const change = compare ? matrixChanges[table.mark[index] ?? -1] : undefined;
  const otherwise = table.expected[index] === expectedOf.failed;
  const text = compact ? verdictCode(page, verdict) : verdictWord(page, verdict);
  const words = cellLabel(page, table, row, target);
  // What is seen is a part of what is said: WCAG 2.5.3.
  const label = compact && text !== '' ? `${words}, ${text}` : words;
  const element = el(
    'div',
    {
      class: ['cell', `tone-${tone}`, quiet && 'quiet', change && `mark mark-${change}`]
        .filter(Boolean)
        .join(' '),
      role: 'gridcell',
      id: `cell-${row}-${target}`,
      'aria-colindex': column + 2,
      'aria-label': label,
      title: label,
    },
    ...(verdict < 0
      ? [el('span', { class: 'dot' }, table.content.state === 'running' ? '·' : '–')]
      : [verdictIcon(verdict), el('span', { class: 'word' }, text)]),
    otherwise && el('span', { class: 'badge', 'aria-hidden': 'true' }, '!'),
    change !== undefined && el('span', { class: 'badge', 'aria-hidden': 'true' }, badges[change]),
  );
  put(look.sizes, element, column);
  return element;
}

function put({ header, cell: width }: Sizes, element: HTMLElement, column: number): void {
  element.style.left = `${header + column * width}px`;
  element.style.width = `${width}px`;
}

/** A sign for each change, beside the word in the cell's label. */
const badges = { broke: '▼', mended: '▲', changed: '↻', unknown: '?' } as const;
