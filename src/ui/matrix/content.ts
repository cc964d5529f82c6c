import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { compareRuns, type CellChange, type MatrixComparison } from '../../probe/matrix/compare.ts';
import { countsOf, type MatrixRun } from '../../probe/matrix/run.ts';
import { outcomeText } from '../host/verdictText.ts';
import {
  matrixChanges,
  matrixVerdicts,
  type MatrixChange,
  type MatrixComparisonShown,
  type MatrixContent,
  type MatrixExpectationShown,
} from '../panels/protocol/matrix.ts';
import { sourceEnd, targetEnd } from './ends.ts';

/** More changes of a kind nobody reads in a list; the grid marks them all. */
const mostListed = 100;

/** Where refs stand in a run's table. */
interface Places {
  readonly rows: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, number>;
}

/** All that the page shows of a run. */
export function contentOf(run: MatrixRun, before: MatrixRun | undefined): MatrixContent {
  const places = placesOf(run);
  return {
    id: run.id,
    title: oneLine(run.title),
    place: placeText(run),
    state: run.state,
    word: stateWord(run),
    from: run.from.map(sourceEnd),
    to: run.to.map(targetEnd),
    cells: cellsOf(places, run.cells.values()),
    planned: run.planned,
    notes: run.notes.map((note) => oneLine(note, 500)),
    ...(before !== undefined &&
      run.state !== 'running' && {
        comparison: comparisonOf(places, before, compareRuns(before, run)),
      }),
    expectations: expectationsOf(places, run),
    canRunAgain: run.asked !== undefined && run.state !== 'running',
  };
}

/** What stands in the panel while a run of an earlier window is read, or where it is no longer there. */
export function emptyContent(title: string, state: 'reading' | 'gone'): MatrixContent {
  return {
    id: '',
    title: oneLine(title),
    place: '',
    state,
    word:
      state === 'reading'
        ? vscode.l10n.t('Reading what was kept')
        : vscode.l10n.t('The results of this matrix are no longer kept. Run it again.'),
    from: [],
    to: [],
    cells: [],
    planned: 0,
    notes: [],
    expectations: [],
    canRunAgain: state === 'gone',
  };
}

export function placesOf({ from, to }: Pick<MatrixRun, 'from' | 'to'>): Places {
  return {
    rows: new Map(from.map((ref, index) => [ref, index])),
    columns: new Map(to.map((ref, index) => [ref, index])),
  };
}

/** Records as the page takes them; see `cellLength`. */
export function cellsOf({ rows, columns }: Places, records: Iterable<CheckRecord>): readonly number[] {
  const cells: number[] = [];
  for (const { from, to, verdict, httpStatus, timingsMs } of records) {
    const row = rows.get(from);
    const column = columns.get(to);
    if (row === undefined || column === undefined) continue;
    cells.push(row, column, matrixVerdicts.indexOf(verdict), httpStatus ?? 0, timingsMs.total ?? -1);
  }
  return cells;
}

function placeText({ context, simulated, startedAt }: MatrixRun): string {
  const at = new Date(startedAt).toLocaleString();
  return simulated
    ? vscode.l10n.t('Context {0} (the practice lab, simulated) · {1}', context, at)
    : vscode.l10n.t('Context {0} · {1}', context, at);
}

function stateWord(run: MatrixRun): string {
  const { done, planned } = countsOf(run);
  switch (run.state) {
    case 'running':
      return vscode.l10n.t('running');
    case 'done':
      return vscode.l10n.t('done');
    case 'cancelled':
      return vscode.l10n.t('stopped after {0} of {1} checks', done, planned);
    case 'failed':
      return vscode.l10n.t('broke off after {0} of {1} checks', done, planned);
  }
}

function comparisonOf(
  { rows, columns }: Places,
  before: MatrixRun,
  comparison: MatrixComparison,
): MatrixComparisonShown {
  const at = (change: CellChange): readonly [number, number] => [
    rows.get(change.from) ?? -1,
    columns.get(change.to) ?? -1,
  ];
  return {
    title: vscode.l10n.t(
      'Compared with the run of {0}: {1}',
      new Date(before.startedAt).toLocaleTimeString(),
      sums(comparison),
    ),
    sections: matrixChanges.flatMap((is) => {
      const changes = comparison[is];
      if (changes.length === 0) return [];
      return [
        {
          is,
          title: sectionTitle(is, changes.length),
          changes: changes.slice(0, mostListed).map((change) => {
            const [row, column] = at(change);
            return { row, column, text: changeText(change) };
          }),
          more: Math.max(0, changes.length - mostListed),
        },
      ];
    }),
    marks: matrixChanges.flatMap((is, index) => comparison[is].flatMap((change) => [...at(change), index])),
  };
}

function sums({ broke, mended, changed, unknown, compared }: MatrixComparison): string {
  const parts = [
    broke.length > 0 && vscode.l10n.t('{0} broke', broke.length),
    mended.length > 0 && vscode.l10n.t('{0} mended', mended.length),
    changed.length > 0 && vscode.l10n.t('{0} fail in another way', changed.length),
    unknown.length > 0 && vscode.l10n.t('{0} not found out this time', unknown.length),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : vscode.l10n.t('nothing changed among {0} pairs', compared);
}

function sectionTitle(is: MatrixChange, count: number): string {
  switch (is) {
    case 'broke':
      return count === 1 ? vscode.l10n.t('This one broke') : vscode.l10n.t('These {0} broke', count);
    case 'mended':
      return count === 1
        ? vscode.l10n.t('This one was mended')
        : vscode.l10n.t('These {0} were mended', count);
    case 'changed':
      return count === 1
        ? vscode.l10n.t('This one fails in another way')
        : vscode.l10n.t('These {0} fail in another way', count);
    case 'unknown':
      return count === 1
        ? vscode.l10n.t('This one could not be found out this time')
        : vscode.l10n.t('These {0} could not be found out this time', count);
  }
}

/** `reachable · HTTP 200, now timed out`. */
export function changeText({ before, after }: Pick<CellChange, 'before' | 'after'>): string {
  return vscode.l10n.t('{0}, now {1}', outcomeText(before), outcomeText(after));
}

function expectationsOf({ rows, columns }: Places, run: MatrixRun): readonly MatrixExpectationShown[] {
  return (run.expectations ?? []).map(({ name, is, message, cells }) => ({
    name: oneLine(name),
    is,
    word: expectationWord(is),
    message: oneLine(message, 1_000),
    cells: cells.flatMap((key) => {
      const [from = '', to = ''] = key.split('\n');
      const row = rows.get(from);
      const column = columns.get(to);
      return row === undefined || column === undefined ? [] : [row, column];
    }),
  }));
}

function expectationWord(is: MatrixExpectationShown['is']): string {
  switch (is) {
    case 'passed':
      return vscode.l10n.t('as expected');
    case 'failed':
      return vscode.l10n.t('not as expected');
    case 'unknown':
      return vscode.l10n.t('not found out');
  }
}
