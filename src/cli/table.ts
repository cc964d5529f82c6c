import { oneLine } from '../base/hostileText.ts';

const gap = '   ';

/** Aligned columns under a heading, as `kubectl get` prints them. Cells are made safe for a terminal here. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((cell) => cell.length);
  const safe = rows.map((row) =>
    row.map((cell, column) => {
      const shown = oneLine(cell) || '-';
      if (shown.length > (widths[column] ?? 0)) widths[column] = shown.length;
      return shown;
    }),
  );
  const last = heading.length - 1;
  const line = (row: readonly string[]): string => {
    const cells = row.map((cell, column) => (column === last ? cell : cell.padEnd(widths[column] ?? 0)));
    return `${cells.join(gap).trimEnd()}\n`;
  };
  // Joined once: text that grows piece by piece is a tree that has to be walked again when it is written.
  return [heading, ...safe].map(line).join('');
}
