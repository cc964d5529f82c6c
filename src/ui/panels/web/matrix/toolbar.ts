import { button, el } from '../shared/elements.ts';
import type { Chosen } from './kept.ts';
import type { Layout } from './layout.ts';
import type { Table } from './table.ts';
import type { MatrixPage } from './words.ts';

export interface ToolbarListener {
  readonly choose: (change: (chosen: Chosen) => Chosen) => void;
  readonly toggleFailures: () => void;
}

/** What is shown of the table, and how; and the export. The field and the format stay while the rest is drawn anew. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #page: MatrixPage;
  readonly #listener: ToolbarListener;
  readonly #field: HTMLInputElement;
  readonly #rest = el('div', { class: 'rest' });

  constructor(page: MatrixPage, listener: ToolbarListener) {
    this.#page = page;
    this.#listener = listener;
    this.#field = el('input', {
      id: 'filter',
      type: 'search',
      placeholder: page.text('filter'),
      'aria-label': page.text('filter'),
      spellcheck: 'false',
    });
    this.#field.addEventListener('input', () => {
      const text = this.#field.value;
      listener.choose((chosen) => ({ ...chosen, filter: { ...chosen.filter, text } }));
    });
    this.element = el(
      'div',
      { class: 'toolbar' },
      this.#field,
      this.#rest,
      exporter(page),
      el('p', { class: 'muted keys' }, page.text('keys')),
    );
  }

  show({ content, verdict }: Table, { matching, matches }: Layout, chosen: Chosen, compact: boolean): void {
    const page = this.#page;
    const { choose, toggleFailures } = this.#listener;
    const { filter } = chosen;
    if (this.#field.value !== filter.text) this.#field.value = filter.text;
    this.#rest.replaceChildren(
      this.#toggle('failures', filter.failures, 'failuresOnly', toggleFailures),
      this.#toggle('group', filter.grouped, 'group', () =>
        choose((now) => ({ ...now, filter: { ...filter, grouped: !filter.grouped, folded: [] } })),
      ),
      this.#toggle('compact', compact, 'compact', () => choose((now) => ({ ...now, compact: !compact }))),
      ...(content.comparison === undefined
        ? []
        : [
            this.#toggle('compare', chosen.compare, 'compare', () =>
              choose((now) => ({ ...now, compare: !chosen.compare })),
            ),
          ]),
      ...(matches === undefined
        ? []
        : [
            el('span', { class: 'muted', id: 'shown' }, page.text('shown', matching, verdict.length)),
            button(
              { id: 'show-all', class: 'link' },
              () => choose((now) => ({ ...now, filter: { ...filter, failures: false, text: '' } })),
              page.text('showAll'),
            ),
          ]),
    );
  }

  #toggle(id: string, pressed: boolean, key: string, change: () => void): HTMLElement {
    return button(
      { id, class: 'toggle', 'aria-pressed': String(pressed) },
      change,
      el('span', { class: 'check', 'aria-hidden': 'true' }, pressed ? '✓' : ''),
      this.#page.text(key),
    );
  }
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
