import type { ExplainCause, ExplainContent, ExplainFix, ExplainMessage } from '../../protocol/explain.ts';
import { button, el } from '../shared/elements.ts';
import { icon } from '../shared/icons.ts';
import type { Page } from '../shared/page.ts';
import { evidenceList } from './evidence.ts';

/** The causes: the decisive one as a section of its own, the others below it. */
export function causeSections(page: Page<ExplainMessage>, content: ExplainContent): readonly HTMLElement[] {
  const cards = content.causes.map((cause, index) => causeCard(page, cause, index));
  if (cards.length === 0) return [];
  if (content.verdict === 'reachable') return [section('notes', page.text('notes'), cards)];
  const [first, ...others] = cards;
  return [
    ...(first === undefined ? [] : [section('cause', page.text('cause'), [first])]),
    ...(others.length === 0 ? [] : [section('others', page.text('otherCauses'), others)]),
  ];
}

function section(name: string, title: string, cards: readonly HTMLElement[]): HTMLElement {
  return el(
    'section',
    { class: `causes ${name}`, 'aria-labelledby': `${name}-title` },
    el('h2', { id: `${name}-title` }, title),
    ...cards,
  );
}

function causeCard(page: Page<ExplainMessage>, cause: ExplainCause, index: number): HTMLElement {
  const id = `cause-${index}`;
  return el(
    'article',
    { class: `card ${cause.certainty}`, 'aria-labelledby': `${id}-title` },
    el(
      'header',
      {},
      icon(cause.certainty === 'certain' ? 'failed' : 'warning'),
      el('h3', { id: `${id}-title`, class: 'code' }, cause.id),
      el('span', { class: 'word' }, cause.word),
      button(
        { class: 'link', id: `${id}-page` },
        () => page.say({ is: 'open-cause', cause: cause.id }),
        page.text('readMore'),
      ),
    ),
    el('p', { class: 'summary' }, cause.summary),
    cause.evidence.length > 0 && el('h4', {}, page.text('evidence')),
    cause.evidence.length > 0 && evidenceList(page, cause.evidence, id),
    cause.fixes.length > 0 && el('h4', {}, page.text('fixes')),
    ...cause.fixes.map((fix, fixIndex) => fixBox(page, fix, index, fixIndex)),
  );
}

function fixBox(page: Page<ExplainMessage>, fix: ExplainFix, cause: number, index: number): HTMLElement {
  const id = `fix-${cause}-${index}`;
  const at = { cause, fix: index };
  const buttons = [
    fix.canApply &&
      button(
        { class: 'primary', id: `${id}-apply`, title: page.text('applyHint') },
        () => page.say({ is: 'apply', ...at }),
        page.text('applyFix'),
      ),
    fix.yaml !== undefined &&
      button({ id: `${id}-yaml` }, () => page.say({ is: 'copy-yaml', ...at }), page.text('copyYaml')),
    fix.command !== undefined &&
      button(
        { id: `${id}-command` },
        () => page.say({ is: 'copy-command', ...at }),
        page.text('copyCommand'),
      ),
  ];
  return el(
    'div',
    { class: 'fix', role: 'group', 'aria-labelledby': `${id}-title` },
    el('p', { id: `${id}-title`, class: 'fix-title' }, fix.title),
    // Above what may be long: the way out stays in sight.
    buttons.some((each) => each !== false) && el('div', { class: 'buttons' }, ...buttons),
    fix.command !== undefined && el('pre', { tabindex: 0 }, fix.command),
    fix.yaml !== undefined && el('pre', { class: 'yaml', tabindex: 0 }, fix.yaml),
  );
}
