import { svg } from '../shared/elements.ts';
import type { MapLayout } from './layout.ts';

/** What of an element's style is written into the file. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
] as const;
const kept: ReadonlySet<string> = new Set(['transform', 'd', 'x', 'y', 'width', 'height', 'rx', 'viewBox']);
const margin = 24;

/**
 * The map at full size as the text of a file that needs nothing else: no style sheet, no font, no script. Names are
 * escaped by the browser's own serializer.
 */
export function exportSvg(drawing: SVGSVGElement, layout: MapLayout, title: string): string {
  const classes = drawing.getAttribute('class') ?? '';
  const camera = drawing.querySelector('g');
  const transform = camera?.getAttribute('transform') ?? '';
  // At full size, with nothing selected; put back before the browser draws again.
  drawing.setAttribute('class', 'map');
  camera?.setAttribute('transform', '');
  try {
    const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin].map(Math.ceil);
    const file = svg(
      'svg',
      { width: width ?? 0, height: height ?? 0, viewBox: `${-margin} ${-margin} ${width} ${height}` },
      svg('title', {}, title),
      svg('rect', {
        ...{ x: -margin, y: -margin, width: width ?? 0, height: height ?? 0 },
        fill: getComputedStyle(document.body).backgroundColor,
      }),
    );
    for (const child of drawing.children) {
      const copy = plainCopy(child);
      if (copy !== undefined) file.append(copy);
    }
    return new XMLSerializer().serializeToString(file);
  } finally {
    drawing.setAttribute('class', classes);
    camera?.setAttribute('transform', transform);
  }
}

function plainCopy(element: Element): SVGElement | undefined {
  const style = getComputedStyle(element);
  const isUnseen = style.display === 'none' || style.visibility === 'hidden';
  if (isUnseen || element.classList.contains('hit')) return undefined;
  const copy = document.createElementNS('http://www.w3.org/2000/svg', element.localName);
  for (const { name, value } of element.attributes)
    if (kept.has(name) && value !== '') copy.setAttribute(name, value);
  if (!['g', 'title', 'svg'].includes(element.localName)) {
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value !== '' && value !== 'none' && value !== 'normal') copy.setAttribute(property, value);
      else if (property === 'fill') copy.setAttribute(property, 'none');
    }
  } else if (style.opacity !== '1' && element.localName === 'g') copy.setAttribute('opacity', style.opacity);
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = plainCopy(child);
      if (inner !== undefined) copy.append(inner);
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return copy;
}
