import type { MapEdge } from './map.ts';

/** More results than these, drawn all at once, could not be told apart. */
const mostChecks = 24;

/**
 * Results of checks that are drawn only with what is selected, for there are too many of them: a matrix has one a pair.
 * Those that failed stay, if they are few enough.
 */
export function quietChecks(edges: readonly MapEdge[]): ReadonlySet<string> {
  const checks = edges.filter(({ kind }) => kind === 'check');
  if (checks.length <= mostChecks) return new Set();
  const failed = checks.filter(({ state }) => state === 'failed');
  const quiet = failed.length <= mostChecks ? checks.filter(({ state }) => state !== 'failed') : checks;
  return new Set(quiet.map(({ id }) => id));
}
