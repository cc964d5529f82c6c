import { matrixChanges, matrixVerdicts, type MatrixMessage } from '../../protocol/matrix.ts';
import type { Page } from '../shared/page.ts';
import { expectedOf, type Table } from './table.ts';

export type MatrixPage = Page<MatrixMessage>;

export function verdictWord(page: MatrixPage, verdict: number): string {
  const name = matrixVerdicts[verdict];
  return name === undefined ? page.text('notYet') : page.text(name);
}

/** Two or three letters, for narrow cells. */
export function verdictCode(page: MatrixPage, verdict: number): string {
  const name = matrixVerdicts[verdict];
  return name === undefined ? '' : page.text(`code-${name}`);
}

/** `pod/a/b:c to svc/a/d:80: reachable, HTTP 200, 12 ms`, and what changed. */
export function cellLabel(page: MatrixPage, table: Table, row: number, column: number): string {
  const { content, columns } = table;
  const index = row * columns + column;
  const from = content.from[row]?.ref ?? '';
  const to = content.to[column]?.ref ?? '';
  return page.text('cell', from, to, outcome(page, table, index));
}

function outcome(page: MatrixPage, table: Table, index: number): string {
  const verdict = table.verdict[index] ?? -1;
  if (verdict < 0) return page.text(table.content.state === 'running' ? 'notYet' : 'notAsked');
  const status = table.status[index] ?? 0;
  const ms = table.ms[index] ?? -1;
  const change = matrixChanges[table.mark[index] ?? -1];
  return [
    verdictWord(page, verdict),
    status === 0 ? '' : `HTTP ${status}`,
    ms < 0 ? '' : milliseconds(ms),
    change === undefined ? '' : page.text('sinceBefore', page.text(change)),
    expectation(page, table.expected[index] ?? 0),
  ]
    .filter(Boolean)
    .join(', ');
}

function expectation(page: MatrixPage, expected: number): string {
  if (expected === expectedOf.none) return '';
  if (expected === expectedOf.passed) return page.text('expectationPassed');
  return page.text(expected === expectedOf.failed ? 'expectationFailed' : 'expectationUnknown');
}

function milliseconds(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms >= 10 ? ms.toFixed(0) : ms.toFixed(1)} ms`;
}
