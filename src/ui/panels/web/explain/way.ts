import type { ExplainContent, ExplainHop, ExplainMessage } from '../../protocol/explain.ts';
import { button, el } from '../shared/elements.ts';
import { icon } from '../shared/icons.ts';
import type { Page } from '../shared/page.ts';
import { evidenceList } from './evidence.ts';

/** Which stations a person unfolded or folded, by id; the others follow their status. */
export type Unfolded = Readonly<Record<string, boolean>>;

/** The path: its stations on one line, from the source to the application. */
export function way(
  page: Page<ExplainMessage>,
  { hops }: ExplainContent,
  unfolded: Unfolded,
  fold: (unfolded: Unfolded) => void,
): HTMLElement | undefined {
  if (hops.length === 0) return undefined;
  const stopsAt = hops.findIndex(({ status }) => status === 'failed');
  const isOpen = (hop: ExplainHop): boolean =>
    unfolded[hop.id] ?? (hop.status === 'failed' || hop.status === 'warning');
  const foldable = hops.filter(({ status }) => status !== 'not-used');
  const allOpen = foldable.every(isOpen);
  return el(
    'section',
    { class: 'way', 'aria-labelledby': 'way-title' },
    el(
      'div',
      { class: 'section-head' },
      el('h2', { id: 'way-title' }, page.text('way')),
      button(
        { class: 'link', id: 'fold-all' },
        () => fold(Object.fromEntries(foldable.map(({ id }) => [id, !allOpen]))),
        page.text(allOpen ? 'collapseAll' : 'expandAll'),
      ),
    ),
    el(
      'ol',
      { class: 'hops' },
      ...hops.map((hop, index) =>
        station(page, hop, {
          number: index + 1,
          of: hops.length,
          beyond: stopsAt >= 0 && index > stopsAt,
          leadsOn: stopsAt < 0 || index < stopsAt,
          open: isOpen(hop),
          fold: (open) => fold({ ...unfolded, [hop.id]: open }),
        }),
      ),
    ),
  );
}

interface Place {
  readonly number: number;
  readonly of: number;
  /** The connection does not come this far. */
  readonly beyond: boolean;
  readonly leadsOn: boolean;
  readonly open: boolean;
  readonly fold: (open: boolean) => void;
}

function station(page: Page<ExplainMessage>, hop: ExplainHop, place: Place): HTMLElement {
  const classes = ['hop', `status-${hop.status}`, place.beyond && 'beyond', !place.leadsOn && 'ends'];
  // Blanks between, so that what is seen reads as its label does.
  const head = [
    icon(hop.status),
    el('span', { class: 'hop-title' }, hop.title),
    ' ',
    el('span', { class: 'word' }, hop.word),
  ];
  const label = page.text('step', place.number, place.of, hop.title, hop.word);
  if (hop.status === 'not-used') {
    return el(
      'li',
      { class: classes.filter(Boolean).join(' ') },
      el('div', { class: 'hop-head', 'aria-label': label, role: 'group' }, ...head),
    );
  }
  const [first] = hop.evidence;
  const glance = place.open ? undefined : first?.text;
  const details = `hop-${hop.id}-details`;
  return el(
    'li',
    { class: classes.filter(Boolean).join(' ') },
    button(
      {
        class: 'hop-head',
        id: `hop-${hop.id}`,
        'aria-expanded': String(place.open),
        'aria-controls': details,
        // What is seen is a part of what is said: WCAG 2.5.3.
        'aria-label': glance === undefined ? label : `${label}: ${glance}`,
      },
      () => place.fold(!place.open),
      ...head,
      ' ',
      glance !== undefined && el('span', { class: 'glance' }, glance),
      el('span', { class: 'chevron', 'aria-hidden': 'true' }),
    ),
    el(
      'div',
      { class: 'hop-details', id: details, hidden: !place.open },
      el('p', { class: 'muted' }, hop.about),
      evidenceList(page, hop.evidence, `hop-${hop.id}`),
      hop.probe && probe(page, hop.probe),
    ),
  );
}

function probe(
  page: Page<ExplainMessage>,
  { command, output, outcome, details }: NonNullable<ExplainHop['probe']>,
): HTMLElement {
  return el(
    'div',
    { class: 'probe' },
    el(
      'p',
      {},
      el('span', { class: 'probe-title' }, `${page.text('probe')}: `),
      outcome,
      el('span', { class: 'muted' }, details === '' ? '' : ` · ${details}`),
    ),
    el('pre', { tabindex: 0, 'aria-label': page.text('probe') }, `$ ${command}`),
    output === ''
      ? el('p', { class: 'muted' }, page.text('noOutput'))
      : el('pre', { tabindex: 0, 'aria-label': page.text('output') }, output),
  );
}
