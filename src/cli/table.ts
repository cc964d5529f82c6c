import { oneLine } from '../base/hostileText.ts';

const gap = '   ';

/** Aligned columns under a heading, as `kubectl get` prints them. Cells are made safe for a terminal here. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((cell) => cell.length);
  const safe = rows.map((row) =>
    row.map((cell, column) => {
      const shown = oneLine(cell) || '-';
      widths[column] = Math.max(widths[column] ?? 0, shown.length);
      return shown;
    }),
  );
  let text = '';
  for (const row of [heading, ...safe]) {
    let line = '';
    for (const [column, cell] of row.entries()) {
      line += column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0) + gap;
    }
    text += `${line.trimEnd()}\n`;
  }
  return text;
}
