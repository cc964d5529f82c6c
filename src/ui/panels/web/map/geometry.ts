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

export interface Shelves {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly size: Size;
}

/** How many widths are tried. */
const tries = 16;

/** Puts rectangles into rows from left to right, so that the whole fits best into a view `ratio` times as wide as high. */
export function shelves(sizes: readonly Size[], gap: number, ratio: number): Shelves {
  const widest = Math.max(0, ...sizes.map(({ width }) => width));
  const all = sizes.reduce((sum, { width }) => sum + width + gap, 0);
  let best: Shelves | undefined;
  let least = Infinity;
  for (let step = 0; step <= tries; step++) {
    // From one column to one row, in steps that grow.
    const made = rows(sizes, gap, widest * (all / (widest || 1)) ** (step / tries));
    const needed = Math.max(made.size.width, made.size.height * ratio);
    if (needed >= least) continue;
    least = needed;
    best = made;
  }
  return best ?? { places: [], size: { width: 0, height: 0 } };
}

function rows(sizes: readonly Size[], gap: number, limit: number): Shelves {
  const places: { x: number; y: number }[] = [];
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let right = 0;
  for (const { width, height } of sizes) {
    if (x > 0 && x + width > limit + 0.5) {
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
