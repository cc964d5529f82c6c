import { matrixVerdicts, type MatrixEvidence } from '../../protocol/matrix.ts';
import { button, el } from '../shared/elements.ts';
import { verdictIcon } from './verdictIcons.ts';
import type { MatrixPage } from './words.ts';

/** The pane with all that a cell rests on. */
export function evidencePane(
  page: MatrixPage,
  evidence: MatrixEvidence,
  checking: boolean,
  close: () => void,
): HTMLElement {
  const { from, to, verdict, outcome, sentence, facts, command, output, change, canCopyKubectl } = evidence;
  const says = (is: 'explain' | 'check-again' | 'copy-kubectl' | 'copy-report') => () =>
    page.say({ is, from, to });
  const tone = verdict === 'reachable' ? 'good' : verdict === 'inconclusive' ? 'maybe' : 'bad';
  return el(
    'section',
    { class: 'evidence', id: 'evidence', 'aria-labelledby': 'evidence-title' },
    el(
      'div',
      { class: 'evidence-head' },
      el('h2', { id: 'evidence-title', tabindex: -1 }, `${from} → ${to}`),
      button({ id: 'evidence-close', 'aria-label': page.text('close'), class: 'quiet-button' }, close, '✕'),
    ),
    el(
      'p',
      { class: `outcome tone-${tone}` },
      verdictIcon(matrixVerdicts.indexOf(verdict)),
      el('span', {}, outcome),
    ),
    el('p', { class: 'sentence' }, sentence),
    change !== '' && el('p', { class: 'since' }, page.text('sinceBefore', change)),
    el(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': page.text('evidence') },
      button({ class: 'primary', id: 'evidence-explain' }, says('explain'), page.text('explain')),
      button(
        { id: 'evidence-again', disabled: checking },
        says('check-again'),
        page.text(checking ? 'checking' : 'checkAgain'),
      ),
      canCopyKubectl && button({ id: 'evidence-kubectl' }, says('copy-kubectl'), page.text('copyKubectl')),
      button({ id: 'evidence-report' }, says('copy-report'), page.text('copyReport')),
    ),
    el(
      'dl',
      {},
      ...facts.flatMap(({ name, value }) => [el('dt', {}, name), el('dd', { class: 'code' }, value)]),
    ),
    el('h3', {}, page.text('command')),
    command === ''
      ? el('p', { class: 'muted' }, page.text('noCommand'))
      : el('pre', { tabindex: 0, role: 'region', 'aria-label': page.text('command') }, command),
    el('h3', {}, page.text('output')),
    output.trim() === ''
      ? el('p', { class: 'muted' }, page.text('noOutput'))
      : el('pre', { tabindex: 0, role: 'region', 'aria-label': page.text('output') }, output),
  );
}
