import * as vscode from 'vscode';
import { markdownCodeBlock, markdownText } from '../../base/hostileText.ts';
import type { ExplainContent, ExplainEvidence } from '../panels/protocol/explain.ts';

/** A report as Markdown, to paste into an issue or a chat. Whatever a cluster put into it stays text. */
export function reportMarkdown(content: ExplainContent): string {
  const lines = [
    `# ${markdownText(content.headline)}`,
    '',
    markdownText(content.sentence),
    '',
    `- ${vscode.l10n.t('From')}: ${markdownText(content.from)}`,
    `- ${vscode.l10n.t('To')}: ${markdownText(content.to)}`,
    `- ${markdownText(content.place)}`,
    `- ${markdownText(content.how)}`,
    '',
  ];
  for (const [index, cause] of content.causes.entries()) {
    lines.push(
      `## ${index === 0 ? vscode.l10n.t('Cause') : vscode.l10n.t('Also found')}: ${markdownText(cause.id)} (${markdownText(cause.word)})`,
      '',
      markdownText(cause.summary),
      '',
      ...cause.evidence.map(evidenceLine),
      '',
    );
    for (const { title, yaml, command } of cause.fixes) {
      lines.push(`**${vscode.l10n.t('Fix')}:** ${markdownText(title)}`, '');
      if (command !== undefined) lines.push(markdownCodeBlock(command, 'sh'), '');
      if (yaml !== undefined) lines.push(markdownCodeBlock(yaml, 'yaml'), '');
    }
  }
  lines.push(`## ${vscode.l10n.t('The way')}`, '');
  for (const hop of content.hops) {
    if (hop.status === 'not-used') continue;
    lines.push(`- **${markdownText(hop.title)}**: ${markdownText(hop.word)}`);
    for (const evidence of hop.evidence) lines.push(`  ${evidenceLine(evidence)}`);
    if (hop.probe !== undefined) {
      const { command, outcome, output } = hop.probe;
      lines.push(
        '',
        indented(markdownCodeBlock(`$ ${command}\n${output}`, 'text')),
        '',
        `  ${markdownText(outcome)}`,
        '',
      );
    }
  }
  if (content.notSeen.length > 0) {
    lines.push(
      '',
      `## ${vscode.l10n.t('Not seen')}`,
      '',
      ...content.notSeen.map((line) => `- ${markdownText(line)}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function evidenceLine({ text, object, path }: ExplainEvidence): string {
  const where = [object, path].filter((part) => part !== undefined).join(' ');
  return `- ${markdownText(text)}${where === '' ? '' : ` (${markdownText(where)})`}`;
}

/** As a part of a list item. */
function indented(block: string): string {
  return block
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
