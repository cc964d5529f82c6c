import { button, el } from '../shared/elements.ts';
import type { Chosen } from './kept.ts';
import type { Layout } from './layout.ts';
import type { Table } from './table.ts';
import type { MatrixPage } from './words.ts';

export interface ToolbarParts {
  readonly chosen: Chosen;
  readonly compact: boolean;
  readonly choose: (chosen: Chosen) => void;
  readonly toggleFailures: () => void;
}

/** What is shown of the table, and how; and the export. */
export function toolbar(
  page: MatrixPage,
  { content, verdict }: Table,
  { matching, matches }: Layout,
  { chosen, compact, choose, toggleFailures }: ToolbarParts,
): HTMLElement {
  const { filter } = chosen;
  const field = el('input', {
    id: 'filter',
    type: 'search',
    placeholder: page.text('filter'),
    'aria-label': page.text('filter'),
    spellcheck: 'false',
  });
  field.value = filter.text;
  field.addEventListener('input', () => {
    const at = field.selectionStart ?? field.value.length;
    choose({ ...chosen, filter: { ...filter, text: field.value } });
    const now = document.getElementById('filter');
    if (now instanceof HTMLInputElement) now.setSelectionRange(at, at);
  });
  const toggle = (
    id: string,
    pressed: boolean,
    key: string,
    change: () => void,
    hint?: string,
  ): HTMLElement =>
    button(
      { id, class: 'toggle', 'aria-pressed': String(pressed), title: hint },
      change,
      el('span', { class: 'check', 'aria-hidden': 'true' }, pressed ? '✓' : ''),
      page.text(key),
    );
  return el(
    'div',
    { class: 'toolbar' },
    field,
    toggle('failures', filter.failures, 'failuresOnly', toggleFailures, page.text('failuresHint')),
    toggle('group', filter.grouped, 'group', () =>
      choose({ ...chosen, filter: { ...filter, grouped: !filter.grouped, folded: [] } }),
    ),
    toggle('compact', compact, 'compact', () => choose({ ...chosen, compact: !compact })),
    content.comparison !== undefined &&
      toggle('compare', chosen.compare, 'compare', () => choose({ ...chosen, compare: !chosen.compare })),
    matches !== undefined &&
      el('span', { class: 'muted', id: 'shown' }, page.text('shown', matching, verdict.length)),
    matches !== undefined &&
      button(
        { id: 'show-all', class: 'link' },
        () => choose({ ...chosen, filter: { ...filter, failures: false, text: '' } }),
        page.text('showAll'),
      ),
    exporter(page),
    el('p', { class: 'muted keys' }, page.text('keys')),
  );
}

function exporter(page: MatrixPage): HTMLElement {
  const formats = { markdown: 'Markdown', csv: 'CSV', json: 'JSON' } as const;
  const select = el(
    'select',
    { id: 'format', 'aria-label': page.text('exportFormat') },
    ...Object.entries(formats).map(([value, name]) => el('option', { value }, name)),
  );
  const format = (): keyof typeof formats =>
    select.value === 'csv' ? 'csv' : select.value === 'json' ? 'json' : 'markdown';
  return el(
    'div',
    { class: 'export', role: 'group', 'aria-label': page.text('export') },
    el('span', { class: 'muted', 'aria-hidden': 'true' }, page.text('export')),
    select,
    button({ id: 'save' }, () => page.say({ is: 'save', format: format() }), page.text('save')),
    button({ id: 'copy' }, () => page.say({ is: 'copy', format: format() }), page.text('copy')),
  );
}
