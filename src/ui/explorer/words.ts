import * as vscode from 'vscode';
import { markdownText, oneLine } from '../../base/hostileText.ts';
import type { LabelDifference } from '../../model/nearMiss.ts';
import type { Icon, Row } from './node.ts';
import type { ViewItem } from '../host/ids.ts';

/** A row from its parts: empty parts of the description are left out. */
export function row(options: {
  readonly label: string;
  readonly parts?: readonly (string | undefined)[];
  readonly icon?: Icon;
  readonly viewItem: ViewItem;
  /** The kind's name, spoken after the thing's own. */
  readonly kind?: string;
}): Row {
  const label = oneLine(options.label);
  const parts = (options.parts ?? []).filter((part) => part !== undefined && part !== '').map(String);
  const description = oneLine(parts.join(' · '));
  const spoken = [label, options.kind, ...parts.map((part) => oneLine(part))].filter(Boolean).join(', ');
  return { label, description, icon: options.icon, viewItem: options.viewItem, spoken };
}

/** A tooltip: a heading and lines of "name: value", all of them hostile text. */
export function tooltip(
  heading: string,
  lines: readonly (readonly [name: string, value: string] | undefined)[],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(`**${markdownText(heading)}**`);
  for (const line of lines) {
    if (line === undefined || line[1] === '') continue;
    markdown.appendMarkdown(`  \n${markdownText(line[0])}: ${markdownText(line[1])}`);
  }
  return markdown;
}

/** `80/TCP`, with the port's name before it where it has one: `http 80/TCP`. */
export function portText(port: {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}): string {
  const number = `${port.port}/${port.protocol}`;
  return port.name === '' ? number : `${port.name} ${number}`;
}

/** `a=b, c=d`. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

export function accessText(readOnly: boolean): string {
  return readOnly ? vscode.l10n.t('read-only') : vscode.l10n.t('read and write');
}

/** `app is wbe, not web`: how a pod's label differs from what a selector asks for. */
export function differenceText({ key, wanted, found }: LabelDifference): string {
  return found === undefined
    ? vscode.l10n.t('label {0} is missing; the selector wants {1}', key, wanted)
    : vscode.l10n.t('label {0} is {1}; the selector wants {2}', key, found, wanted);
}
