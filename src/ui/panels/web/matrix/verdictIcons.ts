import { matrixVerdicts } from '../../protocol/matrix.ts';
import { svg } from '../shared/elements.ts';

const ring = 'M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 0 1 0-12.8z';

/** A shape for each verdict, told by its outline and not by its colour; 16 by 16. */
const drawings: Readonly<Record<(typeof matrixVerdicts)[number], readonly string[]>> = {
  reachable: ['M3 8.6l3.4 3.4L13 4.6'],
  refused: [ring, 'M3.6 3.6l8.8 8.8'],
  timeout: [ring, 'M8 4.4V8l2.6 2'],
  'dns-failed': [
    'M6.8 2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 0 1 0-9.6z',
    'M10.4 10.4L14 14',
    'M5 5l3.6 3.6',
    'M8.6 5L5 8.6',
  ],
  reset: ['M2 8h3.4', 'M10.6 8H14', 'M6.4 4.6l3.2 6.8', 'M9.6 4.6L6.4 11.4'],
  'tls-failed': ['M3.4 7.4h9.2v6.2H3.4z', 'M5.4 7.4V5a2.6 2.6 0 0 1 4.9-1.2'],
  'no-answer': ['M2 2.8h12v8H7.4L4.6 13.6v-2.8H2z', 'M5 6.8h.1', 'M8 6.8h.1', 'M11 6.8h.1'],
  inconclusive: [ring, 'M6.2 6.3c0-2.4 3.7-2.3 3.7 0c0 1.4-1.9 1.5-1.9 3', 'M8 11.2v.6'],
};

/** Says nothing to a screen reader: the word does. @param verdict an index into `matrixVerdicts` */
export function verdictIcon(verdict: number): SVGSVGElement {
  const name = matrixVerdicts[verdict] ?? 'inconclusive';
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    ...drawings[name].map((d) =>
      svg('path', {
        d,
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.6,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    ),
  );
}
