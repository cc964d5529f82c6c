import * as vscode from 'vscode';
import { manyLines, oneLine } from '../../base/hostileText.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { kubectlCommand, milliseconds } from '../../probe/report.ts';
import { outcomeText, summaryText } from '../host/verdictText.ts';
import type { MatrixEvidence } from '../panels/protocol/matrix.ts';
import { changeText } from './content.ts';

/** All that a cell rests on. @param before the pair's record in the run before, if there is one. */
export function evidenceOf(record: CheckRecord, before: CheckRecord | undefined): MatrixEvidence {
  const kubectl = kubectlCommand(record);
  return {
    is: 'evidence',
    from: record.from,
    to: record.to,
    outcome: outcomeText(record),
    verdict: record.verdict,
    sentence: oneLine(summaryText(record), 1_000),
    facts: factsOf(record).map(([name, value]) => ({ name, value: oneLine(value) })),
    command: manyLines(kubectl ?? shellQuote(record.command), 4_000),
    output: manyLines(record.output, 20_000),
    change:
      before === undefined || before.verdict === record.verdict ? '' : changeText({ before, after: record }),
    canCopyKubectl: kubectl !== undefined,
  };
}

function factsOf(record: CheckRecord): readonly (readonly [string, string])[] {
  const { timingsMs, way, via } = record;
  const times = (
    [
      [vscode.l10n.t('name looked up'), timingsMs.dns],
      [vscode.l10n.t('connected'), timingsMs.connect],
      [vscode.l10n.t('TLS ready'), timingsMs.tls],
      [vscode.l10n.t('done'), timingsMs.total],
    ] as const
  ).flatMap(([what, value]) => (value === null ? [] : [`${what} ${milliseconds(value)}`]));
  const facts: (readonly [string, string | null | undefined])[] = [
    [vscode.l10n.t('Asked'), record.url],
    [vscode.l10n.t('Times'), times.length === 0 ? vscode.l10n.t('not told by the tool') : times.join(' · ')],
    [vscode.l10n.t('Answered by'), record.remoteIp],
    [vscode.l10n.t('Tool'), record.tool === 'none' ? vscode.l10n.t('none was found') : record.tool],
    [vscode.l10n.t('Exit code'), record.exitCode === null ? null : String(record.exitCode)],
    [vscode.l10n.t('Nodes'), way && [...new Set([way.fromNode, way.toNode])].join(' → ')],
    [vscode.l10n.t('Asked through'), via],
    [vscode.l10n.t('When'), new Date(record.startedAt).toLocaleString()],
  ];
  return facts.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
}
