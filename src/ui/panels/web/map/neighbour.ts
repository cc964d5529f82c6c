import { centre, type Rect } from './geometry.ts';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
const ways: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function isDirection(key: string): key is Direction {
  return Object.hasOwn(ways, key);
}

export function wayOf(direction: Direction): readonly [number, number] {
  return ways[direction];
}

/**
 * What an arrow key goes to from a node: the nearest that is connected in that direction, else the nearest at all.
 * @param connected the ids at the other ends of the node's connections
 */
export function neighbourOf(
  id: string,
  direction: Direction,
  places: ReadonlyMap<string, Rect>,
  connected: ReadonlySet<string>,
): string | undefined {
  const here = places.get(id);
  if (here === undefined) return undefined;
  const [wx, wy] = ways[direction];
  const from = centre(here);
  let best: { readonly id: string; readonly far: number } | undefined;
  for (const [other, rect] of places) {
    if (other === id) continue;
    const to = centre(rect);
    const along = (to.x - from.x) * wx + (to.y - from.y) * wy;
    const aside = Math.abs((to.x - from.x) * wy) + Math.abs((to.y - from.y) * wx);
    // Within 63 degrees of the way; a connection may lead further aside.
    const isConnected = connected.has(other);
    if (along <= 0 || aside > along * (isConnected ? 6 : 2)) continue;
    const far = (along + 2 * aside) * (isConnected ? 0.25 : 1);
    if (best === undefined || far < best.far) best = { id: other, far };
  }
  return best?.id;
}
