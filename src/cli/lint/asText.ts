import { oneLine } from '../../base/hostileText.ts';
import type { Finding, Severity } from '../../rules/index.ts';

/** The findings for people: one a line, places from 1 as editors count, the way out below. */
export function asText(findings: readonly Finding[], files: number): string {
  const lines = findings.flatMap((finding) => {
    const { line, character } = finding.range.start;
    const place = `${finding.file}:${line + 1}:${character + 1}`;
    const fix = finding.fixes[0];
    return [
      `${place}: ${finding.severity}: ${oneLine(finding.message, 1000)} [${finding.code}]`,
      ...(fix ? [`    fix: ${oneLine(fix.title)}`] : []),
    ];
  });
  return `${[...lines, summary(findings, files)].join('\n')}\n`;
}

function summary(findings: readonly Finding[], files: number): string {
  const looked = `in ${counted(files, 'file')}`;
  if (findings.length === 0) return `No findings ${looked}.`;
  const severities: readonly Severity[] = ['error', 'warning', 'hint'];
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return `${parts.join(', ')} ${looked}.`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
