import {
  readExplainContent,
  readExplainNote,
  type ExplainContent,
  type ExplainMessage,
} from '../../protocol/explain.ts';
import { button, el } from '../shared/elements.ts';
import { icon, type IconName } from '../shared/icons.ts';
import { startPage } from '../shared/page.ts';
import { causeSections } from './causes.ts';
import { way, type Unfolded } from './way.ts';

const verdictIcons: Readonly<Record<ExplainContent['verdict'], IconName>> = {
  reachable: 'ok',
  unreachable: 'failed',
  inconclusive: 'not-seen',
  running: 'running',
  stopped: 'stopped',
};

const page = startPage<ExplainContent, ExplainMessage>({
  readContent: readExplainContent,
  show: draw,
  hear: (note) => {
    const told = readExplainNote(note);
    const line = document.getElementById('progress');
    if (told !== undefined && line !== null) line.textContent = told.progress;
  },
});

function draw(content: ExplainContent, root: HTMLElement): void {
  const again = (unfolded: Unfolded): void => {
    page.keep({ unfolded });
    const focused = document.activeElement?.id ?? '';
    draw(content, root);
    if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const path = way(page, content, keptUnfolded(), again);
  root.setAttribute('aria-busy', String(content.verdict === 'running'));
  root.replaceChildren(
    head(content),
    ...causeSections(page, content),
    ...(path === undefined ? [] : [path]),
    ...(content.notSeen.length === 0 ? [] : [notSeen(content.notSeen)]),
  );
}

function head(content: ExplainContent): HTMLElement {
  const { verdict, headline, sentence, notice, causes, from, to, place, how, can } = content;
  const says =
    (is: 'run-again' | 'run-with-probes' | 'run-without-probes' | 'cancel' | 'copy-markdown') => () =>
      page.say({ is });
  return el(
    'header',
    { class: `verdict verdict-${verdict}` },
    el(
      'div',
      { class: 'answer' },
      icon(verdictIcons[verdict]),
      el('h1', {}, headline),
      el('span', { class: 'word' }, page.text(verdict)),
    ),
    notice !== undefined && el('p', { class: 'notice', role: 'status' }, notice),
    // The decisive cause says the same right below.
    el('p', { class: 'sentence', role: 'status', hidden: causes[0]?.summary === sentence }, sentence),
    el(
      'dl',
      {},
      el('dt', {}, page.text('from')),
      el('dd', { class: 'code' }, from),
      el('dt', {}, page.text('to')),
      el('dd', { class: 'code' }, to),
    ),
    el('p', { class: 'muted' }, [place, how].filter(Boolean).join(' · ')),
    el(
      'div',
      { class: 'buttons', role: 'group' },
      can.runAgain && button({ class: 'primary', id: 'run-again' }, says('run-again'), page.text('runAgain')),
      can.probe && button({ id: 'with-probes' }, says('run-with-probes'), page.text('withProbes')),
      can.runAgain &&
        !can.probe &&
        button({ id: 'without-probes' }, says('run-without-probes'), page.text('withoutProbes')),
      can.copy && button({ id: 'copy-markdown' }, says('copy-markdown'), page.text('copyMarkdown')),
      verdict === 'running' && button({ id: 'cancel' }, says('cancel'), page.text('cancel')),
      verdict === 'running' && el('span', { id: 'progress', class: 'muted', role: 'status' }),
    ),
  );
}

function notSeen(lines: readonly string[]): HTMLElement {
  return el(
    'section',
    { class: 'not-seen', 'aria-labelledby': 'not-seen-title' },
    el('h2', { id: 'not-seen-title' }, page.text('notSeen')),
    el('p', { class: 'muted' }, page.text('notSeenAbout')),
    el('ul', {}, ...lines.map((line) => el('li', {}, icon('not-seen'), el('span', {}, line)))),
  );
}

function keptUnfolded(): Unfolded {
  const kept = page.kept();
  if (typeof kept !== 'object' || kept === null || !('unfolded' in kept)) return {};
  const { unfolded } = kept;
  if (typeof unfolded !== 'object' || unfolded === null) return {};
  return Object.fromEntries(
    Object.entries(unfolded).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}
