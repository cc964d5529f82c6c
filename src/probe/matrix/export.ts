import { markdownText } from '../../base/hostileText.ts';
import { inEnglish, type Say } from '../../base/say.ts';
import type { CheckRecord, Verdict } from '../check.ts';
import { verdictSaid } from '../report.ts';
import { checkTexts, matrixTexts as texts, verdictWords } from '../reportTexts.ts';
import { summaryIn } from '../summary.ts';
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
export function matrixMarkdown(run: MatrixRun, comparison?: MatrixComparison, say: Say = inEnglish): string {
  const lines = [
    `# ${markdownText(say(texts.title, run.title))}`,
    '',
    markdownText(
      `${say(run.simulated ? texts.lab : texts.context, run.context)} ${say(texts[run.state], run.startedAt)}`,
    ),
    '',
    ...countLines(run, say),
  ];
  if (run.expectations !== undefined) lines.push(...expectationLines(run.expectations, say));
  if (comparison !== undefined) lines.push(...comparisonLines(comparison, say));
  if (run.to.length <= widestTable) lines.push(...tableLines(run, say));
  const wrong = [...run.cells.values()].filter(({ verdict }) => verdict !== 'reachable');
  if (wrong.length > 0) lines.push(`## ${markdownText(say(texts.wrong))}`, '', ...listLines(wrong, say), '');
  if (run.notes.length > 0)
    lines.push(
      `## ${markdownText(say(texts.notes))}`,
      '',
      ...run.notes.map((note) => `- ${markdownText(note)}`),
      '',
    );
  return lines.join('\n');
}

function countLines(run: MatrixRun, say: Say): readonly string[] {
  const { reachable, failed, inconclusive, done, planned } = countsOf(run);
  const [sources, targets] = [run.from.length, run.to.length];
  const counts = markdownText(say(texts.counts, reachable, failed, inconclusive));
  const size =
    done < planned
      ? say(texts.partOf, planned, planned - done, sources, targets)
      : say(texts.size, planned, sources, targets);
  return [`**${counts}** · ${markdownText(size)}`, ''];
}

function expectationLines(expectations: readonly MatrixExpectation[], say: Say): readonly string[] {
  const words = {
    passed: texts.asExpected,
    failed: texts.notAsExpected,
    unknown: texts.notFoundOut,
  } as const;
  return [
    `## ${markdownText(say(texts.expected))}`,
    '',
    ...expectations.map(
      ({ name, is, message }) =>
        `- **${markdownText(say(words[is]))}** ${markdownText(message === '' ? name : `${name}: ${message}`)}`,
    ),
    '',
  ];
}

function comparisonLines(
  { broke, mended, changed, unknown, compared }: MatrixComparison,
  say: Say,
): readonly string[] {
  const list = (title: string, changes: readonly CellChange[]): readonly string[] =>
    changes.length === 0
      ? []
      : [
          `**${markdownText(say(title, changes.length))}:**`,
          '',
          ...changes.slice(0, mostListed).map(({ from, to, before, after }) => {
            const verdicts = [before, after].map((record) => verdictSaid(record, say));
            return `- ${markdownText(say(texts.nowOtherwise, from, to, ...verdicts))}`;
          }),
          ...(changes.length > mostListed ? [`- ${say(texts.more, changes.length - mostListed)}`] : []),
          '',
        ];
  const all = [
    ...list(texts.broke, broke),
    ...list(texts.mended, mended),
    ...list(texts.changed, changed),
    ...list(texts.unknown, unknown),
  ];
  const none = [markdownText(say(texts.nothingChanged, compared)), ''];
  return [`## ${markdownText(say(texts.since))}`, '', ...(all.length === 0 ? none : all)];
}

function tableLines(run: MatrixRun, say: Say): readonly string[] {
  const head = run.to.map((_, index) => String(index + 1));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${markdownText(say(texts.table))}`,
    '',
    ...run.to.map((to, index) => `${index + 1}. ${markdownText(to)}`),
    '',
    row([markdownText(say(checkTexts.from)), ...head]),
    row(['---', ...head.map(() => '---')]),
    ...run.from.map((from) =>
      row([markdownText(from), ...run.to.map((to) => cellText(cellOf(run, from, to), say))]),
    ),
    '',
  ];
}

/** Words, never colour or shape alone; `-` was not asked. */
function cellText(record: CheckRecord | undefined, say: Say): string {
  return record === undefined ? '-' : markdownText(verdictSaid(record, say));
}

function listLines(records: readonly CheckRecord[], say: Say): readonly string[] {
  const lines = records.slice(0, mostListed).map((record) => {
    const verdict = markdownText(say(verdictWords[record.verdict]));
    return `- **${verdict}** ${markdownText(`${record.from} → ${record.to}. ${summaryIn(record, say)}`)}`;
  });
  return records.length > mostListed
    ? [...lines, `- ${say(texts.moreInExport, records.length - mostListed)}`]
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
