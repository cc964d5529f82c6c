import { markdownText } from '../../base/hostileText.ts';
import type { CheckRecord, Verdict } from '../check.ts';
import { verdictLabel } from '../report.ts';
import type { CellChange, MatrixComparison } from './compare.ts';
import { cellOf, countsOf, type MatrixExpectation, type MatrixRun } from './run.ts';

/** Sources by targets; null where a source was not asked about a target. */
export interface MatrixTable {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly verdicts: readonly (readonly (Verdict | null)[])[];
}

/** More columns than this nobody reads in a Markdown table; the list of failures says the rest. */
const widestTable = 25;
const mostListed = 200;

/** The run as Markdown: counts, what changed, a table where it fits, and every pair that is not reachable. */
export function matrixMarkdown(run: MatrixRun, comparison?: MatrixComparison): string {
  const { reachable, failed, inconclusive, done, planned } = countsOf(run);
  const place = run.simulated ? `${run.context}: the practice lab, simulated` : run.context;
  const lines = [
    `# ${markdownText(`Matrix: ${run.title}`)}`,
    '',
    markdownText(`Context ${place}. Started ${run.startedAt}; ${run.state}.`),
    '',
    `**${reachable} reachable, ${failed} not, ${inconclusive} not found out**, of ${planned} checks${done < planned ? ` (${planned - done} were not made)` : ''}, from ${run.from.length} sources to ${run.to.length} targets.`,
    '',
  ];
  if (run.expectations !== undefined) lines.push(...expectationLines(run.expectations));
  if (comparison !== undefined) lines.push(...comparisonLines(comparison));
  if (run.to.length <= widestTable) lines.push(...tableLines(run));
  const wrong = [...run.cells.values()].filter(({ verdict }) => verdict !== 'reachable');
  if (wrong.length > 0) lines.push('## Not reachable, or not found out', '', ...listLines(wrong), '');
  if (run.notes.length > 0)
    lines.push('## Notes', '', ...run.notes.map((note) => `- ${markdownText(note)}`), '');
  return lines.join('\n');
}

function expectationLines(expectations: readonly MatrixExpectation[]): readonly string[] {
  const words = { passed: 'as expected', failed: 'NOT as expected', unknown: 'not found out' } as const;
  return [
    '## Expected',
    '',
    ...expectations.map(
      ({ name, is, message }) =>
        `- **${words[is]}** ${markdownText(message === '' ? name : `${name}: ${message}`)}`,
    ),
    '',
  ];
}

function comparisonLines({ broke, mended, changed, unknown, compared }: MatrixComparison): readonly string[] {
  const list = (title: string, changes: readonly CellChange[]): readonly string[] =>
    changes.length === 0
      ? []
      : [
          `**${changes.length} ${title}:**`,
          '',
          ...changes
            .slice(0, mostListed)
            .map(
              ({ from, to, before, after }) =>
                `- ${markdownText(`${from} → ${to}: ${verdictLabel(before)}, now ${verdictLabel(after)}`)}`,
            ),
          ...(changes.length > mostListed ? [`- … and ${changes.length - mostListed} more`] : []),
          '',
        ];
  const all = [
    ...list('broke', broke),
    ...list('mended', mended),
    ...list('fail in another way', changed),
    ...list('could not be found out this time', unknown),
  ];
  const none = [`Nothing changed among the ${compared} pairs of the run before.`, ''];
  return ['## Since the run before', '', ...(all.length === 0 ? none : all)];
}

function tableLines(run: MatrixRun): readonly string[] {
  const head = run.to.map((_, index) => String(index + 1));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '## Table',
    '',
    ...run.to.map((to, index) => `${index + 1}. ${markdownText(to)}`),
    '',
    row(['From', ...head]),
    row(['---', ...head.map(() => '---')]),
    ...run.from.map((from) =>
      row([markdownText(from), ...run.to.map((to) => cellText(cellOf(run, from, to)))]),
    ),
    '',
  ];
}

/** Words, never colour or shape alone; `-` was not asked. */
function cellText(record: CheckRecord | undefined): string {
  return record === undefined ? '-' : markdownText(verdictLabel(record));
}

function listLines(records: readonly CheckRecord[]): readonly string[] {
  const shown = records.slice(0, mostListed);
  const lines = shown.map(
    ({ from, to, summary, verdict }) => `- **${verdict}** ${markdownText(`${from} → ${to}. ${summary}`)}`,
  );
  return records.length > mostListed
    ? [...lines, `- … and ${records.length - mostListed} more: export as CSV or JSON`]
    : lines;
}

const columns = [
  'from',
  'to',
  'url',
  'verdict',
  'reason',
  'httpStatus',
  'tool',
  'totalMs',
  'remoteIp',
  'exitCode',
  'startedAt',
  'summary',
] as const;

/** A line a check, in the order of the table (RFC 4180). */
export function matrixCsv(run: MatrixRun): string {
  const lines = recordsOf(run).map((record) => {
    const { timingsMs, ...rest } = record;
    const values = { ...rest, totalMs: timingsMs.total };
    return columns.map((column) => csvField(values[column] ?? '')).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\r\n');
}

/** A spreadsheet must not take a name for a formula (OWASP: CSV injection). */
function csvField(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What `podnet matrix -o json` prints. */
export function matrixJson(run: MatrixRun): string {
  const records = recordsOf(run);
  return `${JSON.stringify({ records, table: matrixTable(records) }, null, 2)}\n`;
}

/** The records in the order of the table, row by row. */
export function recordsOf(run: MatrixRun): readonly CheckRecord[] {
  return run.from.flatMap((from) => run.to.flatMap((to) => cellOf(run, from, to) ?? []));
}

export function matrixTable(records: readonly CheckRecord[]): MatrixTable {
  const from = [...new Set(records.map((record) => record.from))];
  const to = [...new Set(records.map((record) => record.to))];
  const found = new Map(records.map((record) => [`${record.from}\n${record.to}`, record.verdict]));
  return { from, to, verdicts: from.map((f) => to.map((t) => found.get(`${f}\n${t}`) ?? null)) };
}
