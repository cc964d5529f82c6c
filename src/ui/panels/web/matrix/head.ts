import { matrixVerdicts } from '../../protocol/matrix.ts';
import { button, el } from '../shared/elements.ts';
import { countsOf, type Table } from './table.ts';
import { verdictIcon } from './verdictIcons.ts';
import { verdictCode, verdictWord, type MatrixPage } from './words.ts';

/** The matrix's name, its state, its counts by verdict, and what can be done with all of it. */
export function head(page: MatrixPage, table: Table): HTMLElement {
  const { title, place, word, state, notes, canRunAgain, from, to } = table.content;
  const isRunning = state === 'running';
  return el(
    'header',
    {},
    el(
      'div',
      { class: 'title' },
      el('h1', {}, title),
      el('span', { class: `state state-${state}`, id: 'state' }, word),
      el(
        'div',
        { class: 'buttons', role: 'group', 'aria-label': title },
        isRunning &&
          button({ class: 'primary', id: 'cancel' }, () => page.say({ is: 'cancel' }), page.text('cancel')),
        canRunAgain &&
          button(
            { class: 'primary', id: 'run-again' },
            () => page.say({ is: 'run-again' }),
            page.text('runAgain'),
          ),
        !isRunning && button({ id: 'new' }, () => page.say({ is: 'new' }), page.text('newMatrix')),
      ),
    ),
    el(
      'p',
      { class: 'muted' },
      [
        place,
        from.length > 0 && page.text('sources', from.length),
        to.length > 0 && page.text('targets', to.length),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...(from.length === 0 ? [] : [sums(page, table)]),
    notes.length > 0 &&
      el(
        'details',
        { class: 'notes' },
        el('summary', {}, page.text('notes', notes.length)),
        el('ul', {}, ...notes.map((note) => el('li', {}, note))),
      ),
  );
}

/** Brings the counts up to date while a run goes on. */
export function progress(page: MatrixPage, table: Table): void {
  document.getElementById('sums')?.replaceWith(sums(page, table));
}

function sums(page: MatrixPage, table: Table): HTMLElement {
  const { done, reachable, verdicts } = countsOf(table);
  const { planned, state } = table.content;
  const bar = el('div', {
    class: 'bar',
    role: 'progressbar',
    'aria-label': page.text('progress', done, planned),
    'aria-valuemin': 0,
    'aria-valuemax': planned,
    'aria-valuenow': done,
  });
  const filled = el('div', { class: 'filled' });
  filled.style.width = `${planned === 0 ? 0 : (100 * done) / planned}%`;
  bar.append(filled);
  return el(
    'div',
    { class: 'sums', id: 'sums' },
    state === 'running' && bar,
    el('strong', {}, page.text('counts', reachable, done)),
    done < planned && el('span', { class: 'muted' }, page.text('progress', done, planned)),
    el(
      'ul',
      { class: 'legend', 'aria-label': page.text('verdicts') },
      ...verdicts.map((count, verdict) =>
        count === 0
          ? undefined
          : el(
              'li',
              { class: `tone-${toneOfVerdict(verdict)}` },
              verdictIcon(verdict),
              el('span', { class: 'legend-code', 'aria-hidden': 'true' }, verdictCode(page, verdict)),
              el('span', {}, `${verdictWord(page, verdict)} ${count}`),
            ),
      ),
    ),
  );
}

function toneOfVerdict(verdict: number): string {
  const name = matrixVerdicts[verdict];
  return name === 'reachable' ? 'good' : name === 'inconclusive' ? 'maybe' : 'bad';
}
