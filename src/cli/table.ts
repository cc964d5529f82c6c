import { oneLine } from '../base/hostileText.ts';

/** Aligned columns under a heading, as `kubectl get` prints them. Cells are made safe for a terminal here. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = [heading, ...rows.map((row) => row.map((cell) => oneLine(cell) || '-'))];
  const widths = heading.map((_, column) => Math.max(...safe.map((row) => (row[column] ?? '').length)));
  return safe
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cell.length))
        .join('   ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
