import { manyLines, oneLine } from '../../base/hostileText.ts';
import { inEnglish, type Say } from '../../base/say.ts';
import { kubectlCommand, reportLine } from '../report.ts';
import type { CheckRecord } from '../check.ts';
import { checkTexts } from '../reportTexts.ts';
import { meets, type SmokeCheck } from './schema.ts';
import type { SmokeResult } from './run.ts';

/** The words for people. */
const words = { passed: 'passed', failed: 'FAILED', unknown: 'not found out' } as const;

/** What a check asks for: `reachable with HTTP 200`. The word is the file's own, in any language. */
export function expectationText(
  { expect, status }: Pick<SmokeCheck, 'expect' | 'status'>,
  say: Say = inEnglish,
): string {
  return status === undefined ? expect : say(checkTexts.expectedWithStatus, expect, status);
}

/** A line a check, and below it what was otherwise; for a terminal. */
export function smokeText(results: readonly SmokeResult[], file: string): string {
  const lines = results.flatMap(({ check, is, message, records }) => {
    const place = `${file}:${check.range.start.line + 1}`;
    const head = `${words[is]}  ${oneLine(check.name)}  (expected ${expectationText(check)}, ${oneLine(place)})`;
    const wrong = records.filter((record) => meets(check, record) !== true);
    return [
      head,
      ...(message === '' ? [] : [`  ${oneLine(message, 1_000)}`]),
      ...wrong.map((record) => `  ${reportLine(record)}`),
    ];
  });
  return [...lines, sums(results), ''].join('\n');
}

function sums(results: readonly SmokeResult[]): string {
  const count = (wanted: SmokeResult['is']): number => results.filter(({ is }) => is === wanted).length;
  return `${count('passed')} of ${results.length} as expected, ${count('failed')} otherwise, ${count('unknown')} not found out.`;
}

/** JUnit XML, a test case a check: otherwise than expected is a failure, not found out an error. */
export function smokeJunit(results: readonly SmokeResult[], file: string): string {
  const count = (wanted: SmokeResult['is']): number => results.filter(({ is }) => is === wanted).length;
  const totals = `tests="${results.length}" failures="${count('failed')}" errors="${count('unknown')}"`;
  const cases = results.map((result) => testCase(result, file));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="podnet" ${totals}>`,
    `  <testsuite name="${xml(file)}" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ check, is, message, records }: SmokeResult, file: string): string {
  const seconds = records.reduce((sum, { timingsMs }) => sum + (timingsMs.total ?? 0), 0) / 1_000;
  const place = `name="${xml(check.name)}" classname="${xml(file)}" file="${xml(file)}" line="${check.range.start.line + 1}" time="${seconds.toFixed(3)}"`;
  if (is === 'passed') return `    <testcase ${place}/>`;
  const wrong = records.filter((record) => meets(check, record) !== true);
  const said = [message, ...wrong.map((record) => evidence(record))].filter(Boolean).join('\n\n');
  const first = message || (wrong[0] === undefined ? 'nothing was asked' : reportLine(wrong[0]));
  const element = is === 'failed' ? 'failure' : 'error';
  const summary = `expected ${expectationText(check)}: ${first}`;
  return [
    `    <testcase ${place}>`,
    `      <${element} message="${xml(summary)}">${xml(said)}</${element}>`,
    '    </testcase>',
  ].join('\n');
}

function evidence(record: CheckRecord): string {
  return [reportLine(record), kubectlCommand(record) ?? '', manyLines(record.output, 4_000)]
    .filter(Boolean)
    .join('\n');
}

/** Text for XML 1.0: markup escaped, and what no XML document may hold replaced (XML 1.0, 2.2). */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
