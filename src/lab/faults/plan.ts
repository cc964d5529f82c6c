/** Reads what `--faults` says. */
import { apiFaults } from './all.ts';
import type { ApiFault } from './apiFault.ts';
import { randomFrom } from './random.ts';

/** Some faults, one of which meets a request by chance. */
interface PlannedFault {
  readonly among: readonly ApiFault[];
  /** How many of the requests it hits: above 0, up to 1. */
  readonly rate: number;
  readonly random: () => number;
}

/** The faults that are on. */
export interface FaultPlan {
  /** As it was said; `none` where nothing is on. */
  readonly text: string;
  readonly faults: readonly PlannedFault[];
}

export const noFaults: FaultPlan = { text: 'none', faults: [] };

const mixRate = 0.2;

/**
 * Reads `NAME[:RATE[:SEED]]`, several of them with commas between; `none` ends all.
 * @throws Error that says what is wrong and what there is
 */
export function planFaults(text: string): FaultPlan {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0 || (parts.length === 1 && parts[0] === 'none')) return noFaults;
  return { text: parts.join(','), faults: parts.map(planOne) };
}

function planOne(part: string): PlannedFault {
  const [name = '', rateText, seedText, ...more] = part.split(':');
  const among =
    name === 'mix'
      ? apiFaults.filter(({ inMix }) => inMix)
      : apiFaults.filter((fault) => fault.name === name);
  if (among.length === 0) {
    const names = [...apiFaults.map((fault) => fault.name), 'mix', 'none'];
    throw new Error(`there is no fault "${name}"; there are: ${names.join(', ')}`);
  }
  const rate = rateText === undefined ? (name === 'mix' ? mixRate : 1) : Number(rateText);
  if (!(rate > 0 && rate <= 1) || more.length > 0) {
    throw new Error(
      `a fault is NAME, NAME:RATE or NAME:RATE:SEED with a rate above 0 up to 1, not "${part}"`,
    );
  }
  if (seedText !== undefined && !/^\d{1,10}$/.test(seedText)) {
    throw new Error(`a fault's seed is a whole number, not "${seedText}"`);
  }
  const seed = seedText === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(seedText);
  return { among, rate, random: randomFrom(seed) };
}
