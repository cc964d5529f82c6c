import { t } from '../base/l10n.ts';

/** The name among `known` that was probably meant; undefined when none comes near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const low = simplified(name);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  for (const candidate of known) {
    const other = simplified(candidate);
    const same = low === other || low === `${other}s` || `${low}s` === other;
    const distance = same ? 0 : editDistance(low, other, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours; gives up above `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      }
      current.push(value);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? Number.POSITIVE_INFINITY;
}

/** `a`, `b` or `c`. */
export function oneOf(values: readonly string[]): string {
  const named = values.map((value) => (value === '' ? '""' : value));
  if (named.length < 2) return named.join('');
  return t('{0} or {1}', named.slice(0, -1).join(', '), named.at(-1) ?? '');
}
