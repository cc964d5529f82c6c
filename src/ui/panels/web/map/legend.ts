import type { MapEdgeKind, MapState } from '../../protocol/map.ts';
import { el, svg } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';
import { stateBadge, stateText } from './drawing.ts';

const lines: readonly (readonly [MapEdgeKind, MapState, string])[] = [
  ['endpoint', 'ok', 'endpoint'],
  ['endpoint', 'warning', 'endpointNotReady'],
  ['mounts', 'none', 'mounts'],
  ['runs-on', 'none', 'runs-on'],
  ['check', 'ok', 'check'],
  ['check', 'failed', 'checkFailed'],
  ['allowed', 'none', 'allowed'],
  ['denied', 'none', 'denied'],
];

/** What the lines and marks mean. */
export function legend(page: Pick<Page<never>, 'text'>): HTMLElement {
  return el(
    'section',
    { class: 'legend', id: 'legend', 'aria-label': page.text('legend') },
    el(
      'ul',
      {},
      ...lines.map(([kind, state, text]) =>
        el(
          'li',
          {},
          svg(
            'svg',
            { class: 'map sample', viewBox: '0 0 46 12', 'aria-hidden': 'true' },
            svg(
              'g',
              { class: `edge kind-${kind} state-${state} lit` },
              svg('path', { class: 'line', d: 'M1 6L40 6' }),
              svg('path', { class: 'head', d: 'M45 6L38 2L38 10Z' }),
            ),
          ),
          el('span', {}, page.text(text)),
        ),
      ),
    ),
    el(
      'ul',
      {},
      ...(['ok', 'warning', 'failed'] as const).map((state) =>
        el('li', {}, stateBadge(state, stateText(state, page))),
      ),
    ),
  );
}
