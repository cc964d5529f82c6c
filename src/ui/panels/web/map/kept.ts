import type { Sight } from './camera.ts';

/** How a page was left, over being hidden and over a reload of the window. */
export interface Kept {
  readonly list: boolean;
  readonly legend: boolean;
  readonly placement: boolean;
  /** undefined: all of the map. */
  readonly sight: Sight | undefined;
  /** The last thing that was gone to because the extension said so. */
  readonly focusTurn: number;
}

/** Reads what a page kept; of an older version, whatever still fits. */
export function readKept(kept: unknown): Kept {
  const fields = fieldsOf(kept);
  return {
    list: fields.list === true,
    // Whoever sees a map for the first time wants to know what the lines mean.
    legend: fields.legend !== false,
    placement: fields.placement === true,
    sight: sightOf(fields.sight),
    focusTurn: typeof fields.focusTurn === 'number' ? fields.focusTurn : 0,
  };
}

function sightOf(value: unknown): Sight | undefined {
  const { x, y, scale } = fieldsOf(value);
  const isSight = [x, y, scale].every((each) => typeof each === 'number' && Number.isFinite(each));
  return isSight ? { x: Number(x), y: Number(y), scale: Number(scale) } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
