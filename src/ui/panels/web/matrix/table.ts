import { cellLength, type MatrixContent } from '../../protocol/matrix.ts';

/** The numbers of all cells, row by row; small enough for 10,000 and more. Pure: nothing here knows the page. */
export interface Table {
  readonly content: MatrixContent;
  readonly columns: number;
  /** An index into `matrixVerdicts`; -1 where nothing is known. */
  readonly verdict: Int8Array;
  /** 0: no HTTP answer. */
  readonly status: Uint16Array;
  /** -1: not told. */
  readonly ms: Float64Array;
  /** An index into `matrixChanges`; -1: nothing changed. */
  readonly mark: Int8Array;
  /** What a podnet.yaml makes of it. */
  readonly expected: Int8Array;
}

/** The values of {@link Table.expected}; the worst of several stays. */
export const expectedOf = { none: 0, passed: 1, unknown: 2, failed: 3 } as const;

export function tableOf(content: MatrixContent): Table {
  const columns = content.to.length;
  const length = content.from.length * columns;
  const table: Table = {
    content,
    columns,
    verdict: new Int8Array(length).fill(-1),
    status: new Uint16Array(length),
    ms: new Float64Array(length).fill(-1),
    mark: new Int8Array(length).fill(-1),
    expected: new Int8Array(length),
  };
  putCells(table, content.cells);
  const marks = content.comparison?.marks ?? [];
  for (let at = 0; at + 2 < marks.length; at += 3) {
    const index = indexOf(table, marks[at], marks[at + 1]);
    if (index !== undefined) table.mark[index] = marks[at + 2] ?? -1;
  }
  for (const { is, cells } of content.expectations) {
    for (let at = 0; at + 1 < cells.length; at += 2) {
      const index = indexOf(table, cells[at], cells[at + 1]);
      if (index !== undefined) table.expected[index] = Math.max(table.expected[index] ?? 0, expectedOf[is]);
    }
  }
  return table;
}

/** Puts cells in, as messages bring them; what lies outside of the table is dropped. */
export function putCells(table: Table, cells: readonly number[]): void {
  for (let at = 0; at + cellLength <= cells.length; at += cellLength) {
    const index = indexOf(table, cells[at], cells[at + 1]);
    if (index === undefined) continue;
    table.verdict[index] = cells[at + 2] ?? -1;
    table.status[index] = cells[at + 3] ?? 0;
    table.ms[index] = cells[at + 4] ?? -1;
  }
}

function indexOf({ content, columns }: Table, row = -1, column = -1): number | undefined {
  const inside = row >= 0 && row < content.from.length && column >= 0 && column < columns;
  return inside ? row * columns + column : undefined;
}

export type Tone = 'good' | 'bad' | 'maybe' | 'none';

/** Whether a cell is as it should be: by its expectation where it has one, else by its verdict. */
export function toneOf({ verdict, expected }: Table, index: number): Tone {
  const value = verdict[index] ?? -1;
  if (value < 0) return 'none';
  const expectation = expected[index] ?? 0;
  if (expectation === expectedOf.passed) return 'good';
  if (expectation === expectedOf.failed) return 'bad';
  if (expectation === expectedOf.unknown) return 'maybe';
  // `inconclusive` is the last of them.
  return value === 0 ? 'good' : value === 7 ? 'maybe' : 'bad';
}

export interface TableCounts {
  readonly done: number;
  readonly reachable: number;
  /** A number a verdict. */
  readonly verdicts: readonly number[];
}

export function countsOf({ verdict }: Table): TableCounts {
  const verdicts = new Array<number>(8).fill(0);
  let done = 0;
  for (const value of verdict) {
    if (value < 0) continue;
    done += 1;
    verdicts[value] = (verdicts[value] ?? 0) + 1;
  }
  return { done, reachable: verdicts[0] ?? 0, verdicts };
}
