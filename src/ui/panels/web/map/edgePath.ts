import { centre, type Rect } from './geometry.ts';

/** A connection as it is drawn: its line, its arrow head and where its word stands. */
export interface EdgePath {
  readonly line: string;
  readonly head: string;
  readonly middle: { readonly x: number; readonly y: number };
}

/**
 * Leaves and arrives at the sides that face each other.
 * @param below passes below what lies between, from one lower side to the other
 */
export function edgePath(from: Rect, to: Rect, below = false): EdgePath {
  if (below) return bow(from, to);
  const a = centre(from);
  const b = centre(to);
  if (to.x >= from.x + from.width) return across(from.x + from.width, a.y, to.x, b.y, 1);
  if (to.x + to.width <= from.x) return across(from.x, a.y, to.x + to.width, b.y, -1);
  return b.y >= a.y
    ? down(a.x, from.y + from.height, b.x, to.y, 1)
    : down(a.x, from.y, b.x, to.y + to.height, -1);
}

function across(x1: number, y1: number, x2: number, y2: number, way: 1 | -1): EdgePath {
  const bend = Math.max(18, Math.abs(x2 - x1) / 2) * way;
  const line = path`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const head = path`M${x2} ${y2}L${x2 - 7 * way} ${y2 - 4}L${x2 - 7 * way} ${y2 + 4}Z`;
  return { line, head, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 } };
}

function down(x1: number, y1: number, x2: number, y2: number, way: 1 | -1): EdgePath {
  const bend = Math.max(18, Math.abs(y2 - y1) / 2) * way;
  const line = path`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  const head = path`M${x2} ${y2}L${x2 - 4} ${y2 - 7 * way}L${x2 + 4} ${y2 - 7 * way}Z`;
  return { line, head, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 } };
}

function bow(from: Rect, to: Rect): EdgePath {
  const [x1, x2] = [centre(from).x, centre(to).x];
  const [y1, y2] = [from.y + from.height, to.y + to.height];
  const depth = Math.max(y1, y2) + 34;
  const line = path`M${x1} ${y1}C${x1} ${depth} ${x2} ${depth} ${x2} ${y2}`;
  const head = path`M${x2} ${y2}L${x2 - 4} ${y2 + 7}L${x2 + 4} ${y2 + 7}Z`;
  // A cubic curve is here at its half.
  return { line, head, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 8 + 0.75 * depth } };
}

function path(texts: TemplateStringsArray, ...numbers: readonly number[]): string {
  return texts.reduce((sum, text, index) => `${sum}${numbers[index - 1]?.toFixed(1) ?? ''}${text}`);
}
