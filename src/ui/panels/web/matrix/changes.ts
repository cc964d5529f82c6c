import type { MatrixComparisonShown, MatrixContent } from '../../protocol/matrix.ts';
import { button, el } from '../shared/elements.ts';
import type { MatrixPage } from './words.ts';

type GoTo = (row: number, column: number) => void;

/** "These 3 broke", with a way to each. */
export function comparisonSection(
  page: MatrixPage,
  { from, to }: MatrixContent,
  { title, sections }: MatrixComparisonShown,
  goTo: GoTo,
): HTMLElement {
  return el(
    'section',
    { class: 'comparison', 'aria-labelledby': 'comparison-title' },
    el('h2', { id: 'comparison-title' }, title),
    ...sections.map((section) =>
      el(
        'details',
        { open: section.is === 'broke' || section.changes.length <= 3, class: `changes mark-${section.is}` },
        el('summary', {}, section.title),
        el(
          'ul',
          {},
          ...section.changes.map(({ row, column, text }) =>
            el(
              'li',
              {},
              button(
                { class: 'link', id: `change-${row}-${column}` },
                () => goTo(row, column),
                `${from[row]?.ref ?? ''} → ${to[column]?.ref ?? ''}`,
              ),
              el('span', {}, `: ${text}`),
            ),
          ),
          section.more > 0 && el('li', { class: 'muted' }, page.text('more', section.more)),
        ),
      ),
    ),
  );
}

/** What a podnet.yaml expects, and how it came out. */
export function expectationSection(
  page: MatrixPage,
  { expectations }: MatrixContent,
  goTo: GoTo,
): HTMLElement {
  return el(
    'section',
    { class: 'expectations', 'aria-labelledby': 'expectations-title' },
    el('h2', { id: 'expectations-title' }, page.text('expectations')),
    el(
      'ul',
      {},
      ...expectations.map(({ name, is, word, message, cells }, index) => {
        const [row, column] = cells;
        return el(
          'li',
          { class: `expectation expectation-${is}` },
          el('strong', {}, word),
          row === undefined || column === undefined
            ? el('span', {}, name)
            : button({ class: 'link', id: `expectation-${index}` }, () => goTo(row, column), name),
          message !== '' && el('span', { class: 'muted' }, message),
        );
      }),
    ),
  );
}
