import {
  readMatrixContent,
  readMatrixNote,
  type MatrixContent,
  type MatrixEvidence,
  type MatrixMessage,
} from '../../protocol/matrix.ts';
import { el } from '../shared/elements.ts';
import { startPage } from '../shared/page.ts';
import { comparisonSection, expectationSection } from './changes.ts';
import { evidencePane } from './evidence.ts';
import { Grid } from './grid.ts';
import { head, progress } from './head.ts';
import { readChosen, type Chosen } from './kept.ts';
import { onGridKey } from './keys.ts';
import { layoutOf, type Layout } from './layout.ts';
import { countsOf, putCells, tableOf, type Table } from './table.ts';
import { Toolbar } from './toolbar.ts';
import { verdictWord } from './words.ts';

/** Tables wider than this are drawn with narrow cells, unless the person says otherwise. */
const widestWide = 9;

const page = startPage<MatrixContent, MatrixMessage>({
  readContent: readMatrixContent,
  show: draw,
  hear: (note) => hear(note),
});
const grid = new Grid(page, {
  open: (row, column, byKeyboard) => open(row, column, byKeyboard),
  moved: (row, column) => follow(row, column),
  fold: (name) => {
    const { folded } = chosen.filter;
    const now = folded.includes(name) ? folded.filter((each) => each !== name) : [...folded, name];
    choose((each) => ({ ...each, filter: { ...each.filter, folded: now } }));
  },
});
const toolbar = new Toolbar(page, { choose, toggleFailures });
let chosen: Chosen = readChosen(page.kept());
let table: Table | undefined;
let layout: Layout | undefined;
let evidence: MatrixEvidence | undefined;
let checking = false;
let focusEvidence = false;
let following: ReturnType<typeof setTimeout> | undefined;
const announcer = el('p', { class: 'visually-hidden', role: 'status' });
const top = el('div', {});
const sections = el('div', { class: 'sections' });
const pane = el('div', { class: 'pane' });
const empty = el('p', { class: 'empty muted', id: 'empty', hidden: true });

grid.element.addEventListener('keydown', (event) =>
  onGridKey(event, grid, {
    failures: () => toggleFailures(),
    search: () => document.getElementById('filter')?.focus(),
    announce: (text) => announce(page.text(text)),
  }),
);
window.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || chosen.cell === undefined || event.defaultPrevented) return;
  closeEvidence();
});

function draw(content: MatrixContent, root: HTMLElement): void {
  const ended = table?.content.id === content.id && table.content.state === 'running';
  const isOther = table !== undefined && table.content.id !== content.id;
  const wasAsked = table !== undefined && table.content.id !== '';
  table = tableOf(content);
  root.setAttribute('aria-busy', String(content.state === 'running' || content.state === 'reading'));
  if (grid.element.parentElement === null) {
    root.append(
      el('div', { class: 'top' }, top, toolbar.element),
      sections,
      el('div', { class: 'work' }, el('div', { class: 'map' }, empty, grid.element), pane),
      announcer,
    );
  }
  if (ended && content.state !== 'running') {
    const { reachable, done } = countsOf(table);
    announce(page.text('finished', content.word, reachable, done));
  }
  // The same pair of another run has other evidence.
  if (isOther && wasAsked) evidence = undefined;
  redraw();
  const { cell } = chosen;
  if (cell !== undefined && evidence === undefined && content.state !== 'running') {
    page.say({ is: 'open-cell', ...cell });
  }
}

/** Draws all but the grid's own cells anew; the grid takes care of its own. */
function redraw(): void {
  if (table === undefined) return;
  const { content } = table;
  const focused = document.activeElement?.id ?? '';
  layout = layoutOf(table, chosen.filter, (verdict) => verdictWord(page, verdict));
  toolbar.element.hidden = content.from.length === 0;
  toolbar.show(table, layout, chosen, isCompact());
  top.replaceChildren(head(page, table));
  const { comparison } = content;
  sections.replaceChildren(
    ...(content.expectations.length === 0 ? [] : [expectationSection(page, content, goTo)]),
    ...(comparison === undefined || !chosen.compare
      ? []
      : [comparisonSection(page, content, comparison, goTo)]),
  );
  const nothing = layout.matching === 0 && content.from.length > 0;
  empty.hidden = !nothing;
  empty.textContent =
    nothing && chosen.filter.failures && chosen.filter.text === ''
      ? page.text('noFailures')
      : page.text('nothingMatches');
  grid.element.hidden = layout.items.length === 0;
  grid.show(table, layout, isCompact(), chosen.compare);
  drawEvidence();
  keepFocus(focused);
}

/** A button that was drawn anew has the focus still; one that went hands it to what took its place. */
function keepFocus(id: string): void {
  if (id === '' || document.activeElement?.id === id) return;
  const heirs: Readonly<Record<string, string>> = {
    'run-again': 'cancel',
    cancel: 'run-again',
    'show-all': 'filter',
  };
  const heir = document.getElementById(id) ?? document.getElementById(heirs[id] ?? '');
  heir?.focus({ preventScroll: true });
}

function isCompact(): boolean {
  return chosen.compact ?? (table?.columns ?? 0) > widestWide;
}

function choose(change: (chosen: Chosen) => Chosen): void {
  chosen = change(chosen);
  page.keep(chosen);
  redraw();
}

function toggleFailures(): void {
  const failures = !chosen.filter.failures;
  choose((now) => ({ ...now, filter: { ...now.filter, failures } }));
  if (layout !== undefined && table !== undefined) {
    announce(page.text('shown', layout.matching, table.verdict.length));
  }
}

function goTo(row: number, column: number): void {
  if (grid.goTo(row, column)) return;
  choose((now) => ({ ...now, filter: { ...now.filter, failures: false, text: '', folded: [] } }));
  grid.goTo(row, column);
}

function hear(value: unknown): void {
  const note = readMatrixNote(value);
  if (note === undefined || table === undefined) return;
  if (note.is === 'cells') {
    if (note.id !== table.content.id) return;
    putCells(table, note.cells);
    progress(page, table);
    // Rows may match the filter only now.
    if (chosen.filter.failures || chosen.filter.text !== '') redraw();
    else grid.refresh();
    return;
  }
  if (note.from !== chosen.cell?.from || note.to !== chosen.cell.to) return;
  if (note.is === 'checking') checking = note.checking;
  else evidence = note;
  drawEvidence();
  if (!focusEvidence || note.is !== 'evidence') return;
  focusEvidence = false;
  document.getElementById('evidence-title')?.focus();
}

function open(row: number, column: number, byKeyboard: boolean): void {
  const from = table?.content.from[row]?.ref;
  const to = table?.content.to[column]?.ref;
  if (from === undefined || to === undefined) return;
  if ((table?.verdict[row * table.columns + column] ?? -1) < 0) {
    announce(page.text(table?.content.state === 'running' ? 'notYet' : 'notAsked'));
    return;
  }
  chosen = { ...chosen, cell: { from, to } };
  page.keep(chosen);
  focusEvidence = byKeyboard;
  checking = false;
  page.say({ is: 'open-cell', from, to });
}

/** An open pane shows the cell that the keyboard is at. */
function follow(row: number, column: number): void {
  clearTimeout(following);
  if (chosen.cell !== undefined) following = setTimeout(() => open(row, column, false), 150);
}

function closeEvidence(): void {
  chosen = { ...chosen, cell: undefined };
  evidence = undefined;
  page.keep(chosen);
  drawEvidence();
  grid.focus();
}

function drawEvidence(): void {
  const shown = evidence;
  const focused = document.activeElement?.id ?? '';
  const wasHidden = pane.hidden;
  pane.hidden = shown === undefined;
  pane.replaceChildren(
    ...(shown === undefined ? [] : [evidencePane(page, shown, checking, () => closeEvidence())]),
  );
  // It takes a part of the grid's room.
  if (wasHidden !== pane.hidden) grid.reveal();
  if (focused.startsWith('evidence')) document.getElementById(focused)?.focus({ preventScroll: true });
}

function announce(text: string): void {
  announcer.textContent = text;
}
