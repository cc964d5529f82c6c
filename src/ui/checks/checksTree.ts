import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { markdownText, oneLine } from '../../base/hostileText.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import { milliseconds, waySaid } from '../../probe/report.ts';
import { viewItems } from '../host/ids.ts';
import type { Subject } from '../host/subject.ts';
import { asksConnection, type CheckEntry, type FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { say } from '../host/say.ts';
import { outcomeText, summaryText } from '../host/verdictText.ts';
import { verdictIcon } from './verdictText.ts';

/** A check, or a piece of its evidence. */
export class CheckItem {
  readonly entry: CheckEntry;
  readonly evidence: Evidence | undefined;
  /** For the commands that menus hand this item to. */
  readonly subject: Subject;

  constructor(entry: CheckEntry, evidence?: Evidence) {
    this.entry = entry;
    this.evidence = evidence;
    this.subject = { is: 'check', id: entry.id };
  }
}

interface Evidence {
  readonly name: string;
  readonly value: string;
  readonly icon: string;
}

/** The history as a tree: checks, and below each its evidence. */
export class ChecksTree implements vscode.TreeDataProvider<CheckItem>, Disposable {
  readonly #history: CheckHistory;
  readonly #changed = new vscode.EventEmitter<CheckItem | undefined>();
  readonly #subscription: Disposable;
  #items: readonly CheckItem[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(history: CheckHistory) {
    this.#history = history;
    this.#subscription = history.onDidChange(() => this.#changed.fire(undefined));
  }

  /** The item of a check, for revealing it. */
  itemOf(id: string): CheckItem | undefined {
    return this.#current().find(({ entry }) => entry.id === id);
  }

  getChildren(item?: CheckItem): CheckItem[] {
    if (item === undefined) return [...this.#current()];
    if (item.evidence !== undefined || item.entry.is === 'running') return [];
    const { entry } = item;
    return evidenceOf(entry).map((evidence) => new CheckItem(entry, evidence));
  }

  getTreeItem(item: CheckItem): vscode.TreeItem {
    return item.evidence === undefined ? checkRow(item.entry) : evidenceRow(item.entry, item.evidence);
  }

  getParent(item: CheckItem): CheckItem | undefined {
    return item.evidence === undefined ? undefined : this.itemOf(item.entry.id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** The same item for as long as its entry is the same. */
  #current(): readonly CheckItem[] {
    const known = new Map(this.#items.map((item) => [item.entry, item]));
    this.#items = this.#history.entries.map((entry) => known.get(entry) ?? new CheckItem(entry));
    return this.#items;
  }
}

function checkRow(entry: CheckEntry): vscode.TreeItem {
  const label = questionText(entry);
  const lab = entry.simulated ? vscode.l10n.t('simulated') : '';
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, entry.is === 'running' ? None : Collapsed);
  item.id = `${entry.id}/${entry.is}`;
  if (entry.is === 'running') {
    const parts = [vscode.l10n.t('running'), lab, fromText(entry)];
    item.description = oneLine(parts.filter(Boolean).join(' · '));
    item.iconPath = new vscode.ThemeIcon('loading~spin');
    item.contextValue = viewItems.running;
  } else {
    const time = new Date(entry.record.startedAt).toLocaleTimeString();
    const parts = [outcomeText(entry.record), lab, fromText(entry), time];
    item.description = oneLine(parts.filter(Boolean).join(' · '));
    item.iconPath = verdictIcon(entry.record.verdict);
    item.contextValue = asksConnection(entry) ? viewItems.finished : viewItems.finishedOther;
    item.tooltip = new vscode.MarkdownString(
      `**${markdownText(label)}**\n\n${markdownText(summaryText(entry.record))}\n\n${markdownText(entry.context)}`,
    );
  }
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function fromText({ from }: CheckEntry): string {
  return from === 'outside' ? vscode.l10n.t('from this machine') : vscode.l10n.t('from {0}', from.container);
}

function evidenceRow(entry: CheckEntry, { name, value, icon }: Evidence): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.id = `${entry.id}/${name}`;
  item.description = oneLine(value);
  item.tooltip = new vscode.MarkdownString(`**${markdownText(name)}**\n\n${markdownText(value)}`);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = viewItems.evidence;
  item.accessibilityInformation = { label: `${name}, ${oneLine(value)}` };
  return item;
}

function evidenceOf({ record }: FinishedCheck): readonly Evidence[] {
  const { dns, connect, tls, total } = record.timingsMs;
  const time = (name: string, value: number | null): string =>
    value === null ? '' : `${name} ${milliseconds(value)}`;
  const times = [
    time(vscode.l10n.t('DNS'), dns),
    time(vscode.l10n.t('connect'), connect),
    time(vscode.l10n.t('TLS'), tls),
    time(vscode.l10n.t('total'), total),
  ];
  const all: readonly Evidence[] = [
    { name: vscode.l10n.t('Source'), value: record.from, icon: 'package' },
    { name: vscode.l10n.t('Result'), value: summaryText(record), icon: 'info' },
    {
      name: vscode.l10n.t('Target'),
      value: [record.url, record.remoteIp].filter(Boolean).join(' · '),
      icon: 'target',
    },
    {
      name: vscode.l10n.t('Way'),
      value: record.way === undefined ? '' : waySaid(record.way, say),
      icon: 'git-compare',
    },
    { name: vscode.l10n.t('Name servers'), value: record.lookup?.resolvers.join(', ') ?? '', icon: 'server' },
    {
      name: vscode.l10n.t('Names asked'),
      value: record.lookup?.expansions.join(', ') ?? '',
      icon: 'list-ordered',
    },
    { name: vscode.l10n.t('Asked by'), value: record.via ?? '', icon: 'plug' },
    { name: vscode.l10n.t('Times'), value: times.filter(Boolean).join(', '), icon: 'history' },
    {
      name: vscode.l10n.t('Command'),
      value: record.command.length === 0 ? '' : shellQuote(record.command),
      icon: 'terminal',
    },
    {
      name: vscode.l10n.t('Exit code'),
      value: record.exitCode === null ? '' : String(record.exitCode),
      icon: 'output',
    },
    { name: vscode.l10n.t('Output'), value: record.output.trim(), icon: 'output' },
  ];
  return all.filter(({ value }) => value !== '');
}
