/** The faults there are. */
import type { ApiFault } from './apiFault.ts';
import { brokenBodies } from './brokenBodies.ts';
import { connectionFaults } from './connections.ts';
import { eventFaults } from './events.ts';
import { refusals } from './refusals.ts';
import { silences } from './silence.ts';

export const apiFaults: readonly ApiFault[] = [
  ...refusals,
  ...brokenBodies,
  ...silences,
  ...connectionFaults,
  ...eventFaults,
];

/** The table that `--faults list` prints. */
export function faultText(): string {
  const rows: [string, string][] = [
    ...apiFaults.map(({ name, about }): [string, string] => [name, about]),
    ['mix', 'any of the above but unauthorised, forbidden and no-answer, by chance'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `${name.padEnd(width)}  ${about}\n`).join('');
}
