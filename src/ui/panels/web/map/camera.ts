import type { Rect, Size } from './geometry.ts';

/** How the map is looked at: `x`, `y` is the map's point at the left top corner of the view. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const smallest = 0.03;
const largest = 3;
const margin = 24;

export function zoomed(sight: Sight, factor: number, at: { readonly x: number; readonly y: number }): Sight {
  const scale = Math.min(largest, Math.max(smallest, sight.scale * factor));
  // The point under the pointer stays there.
  return {
    x: sight.x + at.x / sight.scale - at.x / scale,
    y: sight.y + at.y / sight.scale - at.y / scale,
    scale,
  };
}

/** All of the map; never larger than life. */
export function fitted(map: Size, view: Size): Sight {
  const scale = Math.max(
    smallest,
    Math.min(1, (view.width - 2 * margin) / (map.width || 1), (view.height - 2 * margin) / (map.height || 1)),
  );
  return {
    x: map.width / 2 - view.width / (2 * scale),
    // A map that is lower than the view stands at its top.
    y:
      map.height * scale < view.height - 2 * margin
        ? -margin / scale
        : map.height / 2 - view.height / (2 * scale),
    scale,
  };
}

export function panned(sight: Sight, dx: number, dy: number): Sight {
  return { ...sight, x: sight.x - dx / sight.scale, y: sight.y - dy / sight.scale };
}

/** Moves as little as needed for a thing to be seen; `readable` zooms in where its label would be hidden. */
export function showing(sight: Sight, rect: Rect, view: Size, readable = false): Sight {
  const scale = readable ? Math.max(sight.scale, 0.7) : sight.scale;
  const [width, height] = [view.width / scale, view.height / scale];
  if (scale !== sight.scale)
    return { x: rect.x + rect.width / 2 - width / 2, y: rect.y + rect.height / 2 - height / 2, scale };
  const room = margin / scale;
  const along = (at: number, size: number, start: number, length: number): number => {
    if (at - room < start) return at - room;
    return at + size + room > start + length ? at + size + room - length : start;
  };
  return {
    x: along(rect.x, rect.width, sight.x, width),
    y: along(rect.y, rect.height, sight.y, height),
    scale,
  };
}
