import { svg } from './elements.ts';

/** Shapes for states, each told by its outline and not by its colour; 16 by 16. */
const drawings = {
  ok: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M5 8.2l2.1 2.1L11.2 6'],
  failed: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M5.5 5.5l5 5', 'M10.5 5.5l-5 5'],
  warning: ['M8 1.8L15 14H1z', 'M8 6.2v3.6', 'M8 11.6v.7'],
  'not-seen': [
    'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z',
    'M6.2 6.3c0-2.4 3.7-2.3 3.7 0c0 1.4-1.9 1.5-1.9 3',
    'M8 11.1v.7',
  ],
  'not-used': ['M8 5.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4z'],
  running: ['M8 1.5a6.5 6.5 0 0 1 6.5 6.5'],
  stopped: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M6 6h4v4H6z'],
} as const;
export type IconName = keyof typeof drawings;

/** Says nothing to a screen reader: the word beside it does. */
export function icon(name: IconName): SVGSVGElement {
  return svg(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    ...drawings[name].map((d) =>
      svg('path', {
        d,
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.4,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    ),
  );
}
