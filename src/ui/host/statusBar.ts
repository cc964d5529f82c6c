import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { markdownText } from '../../base/hostileText.ts';
import type { Cluster } from './clusterAccess.ts';
import { commands } from './ids.ts';
import type { Session } from './session.ts';
import { iconless } from './shownText.ts';
import { clusterName, connectionSentences, connectionWord, scopeText, sessionWord } from './stateText.ts';

/** The one status bar item: which cluster, and how it stands. Hidden until a cluster was asked for. */
export class StatusBar implements Disposable {
  readonly #session: Session;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: Disposable;
  #cluster: Cluster | undefined;
  #clusterSubscriptions: Disposable[] = [];

  constructor(session: Session) {
    this.#session = session;
    this.#item = vscode.window.createStatusBarItem('podNetwork.cluster', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('Pod Network: Cluster');
    this.#item.command = commands.selectContext;
    this.#subscription = session.onDidChange(() => this.#follow());
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #follow(): void {
    const { state } = this.#session;
    const cluster = state.is === 'open' ? state.cluster : undefined;
    if (cluster !== this.#cluster) {
      this.#unsubscribe();
      this.#cluster = cluster;
      if (cluster !== undefined) {
        this.#clusterSubscriptions = [
          cluster.connection.onDidChangeState(() => this.#draw()),
          cluster.connection.onDidChange(() => this.#draw()),
        ];
      }
    }
    this.#draw();
  }

  #unsubscribe(): void {
    for (const subscription of this.#clusterSubscriptions) subscription.dispose();
    this.#clusterSubscriptions = [];
  }

  #draw(): void {
    const { state } = this.#session;
    if (state.is === 'closed') {
      this.#item.hide();
      return;
    }
    if (state.is === 'open') this.#drawCluster(state.cluster, state.ownLab);
    else this.#drawNoCluster(sessionWord(state));
    this.#item.show();
  }

  #drawNoCluster(word: string): void {
    this.#item.command = commands.selectContext;
    this.#show('type-hierarchy', vscode.l10n.t('Pod Network'), word, new vscode.MarkdownString(word));
  }

  #drawCluster(cluster: Cluster, ownLab: boolean): void {
    const { connection, context } = cluster;
    const name = clusterName(cluster, ownLab);
    const word = connectionWord(connection.state);
    const isLab = ownLab || connection.isPracticeLab === true;
    const isTrouble = !['idle', 'connecting', 'live'].includes(connection.state.is);
    // What a click does is what helps: another try, or another choice.
    const mayRetry = ['stale', 'unreachable', 'unauthorised'].includes(connection.state.is);
    this.#item.command = mayRetry
      ? commands.retry
      : connection.state.is === 'forbidden'
        ? commands.selectNamespaces
        : commands.selectContext;
    const tooltip = new vscode.MarkdownString();
    const line = (title: string, value: string | undefined): void => {
      if (value) tooltip.appendMarkdown(`${markdownText(title)}: ${markdownText(value)}\n\n`);
    };
    line(vscode.l10n.t('Cluster'), name);
    line(vscode.l10n.t('Context'), context.name);
    line(vscode.l10n.t('Server'), [context.server, connection.serverVersion].filter(Boolean).join(' · '));
    line(vscode.l10n.t('Namespaces'), scopeText(connection.scope));
    line(vscode.l10n.t('State'), word || vscode.l10n.t('connected'));
    line(vscode.l10n.t('Details'), connectionSentences(connection.state));
    if (mayRetry) line(vscode.l10n.t('Click'), vscode.l10n.t('try again now'));
    this.#show(isTrouble ? 'warning' : isLab ? 'beaker' : 'type-hierarchy', name, word, tooltip);
  }

  #show(icon: string, name: string, word: string, tooltip: vscode.MarkdownString): void {
    const text = word === '' ? name : `${name}: ${word}`;
    this.#item.text = `$(${icon}) ${iconless(text, 60)}`;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Pod Network cluster: {0}', text) };
  }
}
