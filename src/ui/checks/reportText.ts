import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import { reportMarkdown } from '../../probe/report.ts';
import type { FinishedCheck } from './checkEntry.ts';
import { questionText } from './questionText.ts';
import { say } from '../host/say.ts';

/** The report of a check as Markdown: what was asked and where, then the record's own report. */
export function reportText(entry: FinishedCheck): string {
  const { context, simulated, notes, record } = entry;
  const place = simulated
    ? vscode.l10n.t('Context {0}: the practice lab. Its network is simulated.', context)
    : vscode.l10n.t('Context {0}', context);
  return [
    `# ${markdownText(questionText(entry))}`,
    '',
    markdownText(place),
    '',
    reportMarkdown(record, context, say),
    ...notes.map((note) => `- ${markdownText(note)}\n`),
  ].join('\n');
}
