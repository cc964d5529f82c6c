import { groupBy } from '../../base/groupBy.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { matrixTable } from '../../probe/matrix/export.ts';
import { reportLine } from '../../probe/report.ts';
import { table } from '../table.ts';

function cells(records: readonly CheckRecord[]): ReadonlyMap<string, CheckRecord> {
  return new Map(records.map((record) => [`${record.from}\n${record.to}`, record]));
}

/** The table with numbered targets, and below it what does not work, as far as a person will read it. */
export function matrixText(records: readonly CheckRecord[]): string {
  const { from, to } = matrixTable(records);
  const found = cells(records);
  const targets = to.map((ref, index) => `${String(index + 1).padStart(4)}  ${oneLine(ref)}\n`).join('');
  const body = table(
    ['FROM', ...to.map((_, index) => String(index + 1))],
    from.map((f) => [f, ...to.map((t) => cell(found.get(`${f}\n${t}`)))]),
  );
  const wrong = wrongLines(records.filter(({ verdict }) => verdict !== 'reachable'));
  return [
    `Targets\n${targets}`,
    `${body}(ok = reachable, with its HTTP status; ? = not found out; - = not asked)\n`,
    ...(wrong === '' ? [] : [wrong]),
    sums(records),
  ].join('\n');
}

function cell(record: CheckRecord | undefined): string {
  if (record === undefined) return '-';
  if (record.verdict === 'inconclusive') return '?';
  if (record.verdict !== 'reachable') return record.verdict;
  return record.httpStatus === null ? 'ok' : `ok ${record.httpStatus}`;
}

const mostLines = 50;

/** A line for each pair that does not work; one a source for what could not be found out there for one reason. */
function wrongLines(wrong: readonly CheckRecord[]): string {
  const groups = groupBy(wrong, ({ from, to, verdict, reason }) =>
    verdict === 'inconclusive' ? `${from}\n${reason}` : `${from}\n${reason}\n${to}`,
  );
  const lines = [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` (and ${others.length} more targets from there)`;
    return [`${reportLine(first)}${more}\n`];
  });
  const left = lines.length - mostLines;
  if (left <= 0) return lines.join('');
  return `${lines.slice(0, mostLines).join('')}… and ${left} more; -o json has all of them\n`;
}

function sums(records: readonly CheckRecord[]): string {
  const reachable = records.filter(({ verdict }) => verdict === 'reachable').length;
  const unknown = records.filter(({ verdict }) => verdict === 'inconclusive').length;
  const failed = records.length - reachable - unknown;
  const words = [
    `${reachable} of ${records.length} reachable`,
    ...(failed > 0 ? [`${failed} not`] : []),
    ...(unknown > 0 ? [`${unknown} not found out`] : []),
  ];
  return `${words.join(', ')}.\n`;
}
