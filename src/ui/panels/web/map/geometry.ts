/** A rectangle; all lengths are in the map's own units, which are pixels at 100 %. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function moved(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy };
}

export function centre({ x, y, width, height }: Rect): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Puts rectangles into rows from left to right, so that the whole is about `ratio` times as wide as high. */
export function shelves(
  sizes: readonly Size[],
  gap: number,
  ratio: number,
): { readonly places: readonly { readonly x: number; readonly y: number }[]; readonly size: Size } {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...sizes.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * ratio));
  const places: { x: number; y: number }[] = [];
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let right = 0;
  for (const { width, height } of sizes) {
    if (x > 0 && x + width > limit) {
      x = 0;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    places.push({ x, y });
    right = Math.max(right, x + width);
    x += width + gap;
    rowHeight = Math.max(rowHeight, height);
  }
  return { places, size: { width: right, height: y + rowHeight } };
}
