import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import { record, strings, text, type Json } from '../../model/json.ts';
import type { ClusterEvent, ObjectName } from '../../model/requests.ts';
import type { OutlineLine } from './details.ts';

/** Annotations that hold a copy of the whole object. */
const hidden: ReadonlySet<string> = new Set(['kubectl.kubernetes.io/last-applied-configuration']);
/** Events beyond these are older than anything that still matters. */
const mostEvents = 50;

/** An object in Markdown: what it is, what hangs on it, and what happened to it. All its text is hostile. */
export function describe(
  { kind, namespace, name }: ObjectName,
  object: Json,
  outline: readonly OutlineLine[],
  events: readonly ClusterEvent[],
  context: string,
): string {
  const metadata = record(object.metadata);
  const facts: [string, string][] = [
    [vscode.l10n.t('Namespace'), namespace],
    [vscode.l10n.t('Cluster'), context],
    [vscode.l10n.t('Created'), text(metadata.creationTimestamp)],
    [vscode.l10n.t('Asked to be deleted'), text(metadata.deletionTimestamp)],
    [vscode.l10n.t('Labels'), pairs(strings(metadata.labels))],
    [vscode.l10n.t('Annotations'), pairs(withoutHidden(strings(metadata.annotations)))],
  ];
  return [
    `# ${markdownText(kind)} ${markdownText(name)}`,
    '',
    vscode.l10n.t('As of {0}.', markdownText(new Date().toLocaleString())),
    '',
    ...facts
      .filter(([, value]) => value !== '')
      .map(([fact, value]) => `- **${fact}**: ${markdownText(value)}`),
    '',
    ...(outline.length === 0 ? [] : [`## ${vscode.l10n.t('What it is and what hangs on it')}`, '']),
    ...outline.map(
      ({ depth, label, description }) =>
        `${'  '.repeat(depth)}- **${markdownText(label)}** ${markdownText(description)}`,
    ),
    '',
    `## ${vscode.l10n.t('Events')}`,
    '',
    ...eventLines(events),
    '',
  ].join('\n');
}

function pairs(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function withoutHidden(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !hidden.has(key)));
}

function eventLines(events: readonly ClusterEvent[]): readonly string[] {
  if (events.length === 0) return [vscode.l10n.t('None are kept. A cluster forgets events after an hour.')];
  const shown = events.slice(-mostEvents);
  return [
    `| ${[vscode.l10n.t('Last seen'), vscode.l10n.t('Type'), vscode.l10n.t('Reason'), vscode.l10n.t('Times'), vscode.l10n.t('From'), vscode.l10n.t('Message')].join(' | ')} |`,
    '| --- | --- | --- | --- | --- | --- |',
    ...shown.map(({ lastSeen, type, reason, count, source, message }) => {
      const cells = [timeOf(lastSeen), type, reason, String(count), source, message];
      return `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
    }),
    ...(events.length > shown.length
      ? ['', vscode.l10n.t('{0} older ones are left out.', events.length - shown.length)]
      : []),
  ];
}

function timeOf(seen: string): string {
  const time = new Date(seen);
  return Number.isNaN(time.getTime()) ? seen : time.toLocaleTimeString();
}
