import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { Attention } from '../host/attention.ts';
import type { CheckResults } from '../host/checkResults.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { commands, views } from '../host/ids.ts';
import type { Judge } from '../host/judge.ts';
import { Pacer } from '../host/pacer.ts';
import type { RevealObject } from '../host/revealObject.ts';
import type { Session } from '../host/session.ts';
import { showError } from '../host/showError.ts';
import { clusterName, connectionSentences, scopeText, sessionWord } from '../host/stateText.ts';
import type { Panel } from '../panels/panel.ts';
import type { MapContent, MapMessage, MapNode, MapView } from '../panels/protocol/map.ts';
import { contentOf, emptyContent } from './content.ts';
import { buildMap } from './graph/build.ts';
import { namespacesOf } from './graph/choose.ts';
import { mapWords } from './mapWords.ts';
import { saveDrawing } from './saveDrawing.ts';
import { subjectOfNode } from './subjectOfNode.ts';

export interface MapParts {
  readonly session: Session;
  readonly log: vscode.LogOutputChannel;
  readonly reveal: RevealObject;
  readonly checks: CheckResults;
  readonly judge: Judge;
}

/** Changes that come within this time are drawn together. */
const gatherMs = 300;

/** The map in its panel: follows the cluster while it is seen, and does what the page asks. */
export class MapPanel implements Disposable {
  readonly #panel: Panel<MapContent, MapMessage>;
  readonly #parts: MapParts;
  readonly #store = new DisposableStore();
  readonly #pacer = new Pacer(() => this.#draw());
  readonly #attention: Attention;
  #view: MapView;
  #focus: MapContent['focus'];
  #cluster: Cluster | undefined;
  #following: DisposableStore | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shown = '';

  constructor(panel: Panel<MapContent, MapMessage>, view: MapView, parts: MapParts) {
    this.#panel = panel;
    this.#view = view;
    this.#parts = parts;
    const { window } = vscode;
    this.#attention = this.#store.add(
      new Attention(window.state.focused, (listener) =>
        window.onDidChangeWindowState(({ focused }) => listener(focused)),
      ),
    );
    this.#store.add(this.#attention.onDidChange(() => this.#follow()));
    this.#store.add(panel.onDidSay((message) => this.#hear(message)));
    this.#store.add(panel.onDidChangeVisibility(() => this.#follow()));
    this.#store.add(panel.onDidDispose(() => this.dispose()));
    this.#store.add(parts.session.onDidChange(() => this.#follow()));
    this.#store.add(parts.checks.onDidChange(() => this.#soon()));
    this.#store.add(this.#pacer);
    this.#follow();
  }

  /** Shows other things, and goes to one of them. */
  look(view: MapView, focus: string | undefined): void {
    this.#view = view;
    if (focus !== undefined) this.#focus = { id: focus, turn: Date.now() };
    this.#draw();
    this.#panel.reveal();
  }

  get view(): MapView {
    return this.#view;
  }

  /** What is drawn, for who called the command. */
  get content(): MapContent {
    return this.#panel.model.content;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#leave();
    this.#store.dispose();
  }

  /** Watches the cluster while the panel is seen, and the window is not left alone for long. */
  #follow(): void {
    const { session } = this.#parts;
    const { state } = session;
    if (!this.#panel.isVisible || !this.#attention.isPaid) {
      this.#leave();
      return;
    }
    if (state.is === 'closed') {
      session.open().catch((error: unknown) => showError(error, this.#parts.log));
      return;
    }
    const cluster = state.is === 'open' ? state.cluster : undefined;
    if (cluster !== this.#cluster || (cluster !== undefined && this.#following === undefined)) {
      this.#leave();
      this.#cluster = cluster;
      if (cluster !== undefined) {
        const following = new DisposableStore();
        following.add(cluster.connection.watch());
        following.add(cluster.connection.onDidChange(() => this.#soon()));
        following.add(cluster.connection.onDidChangeState(() => this.#soon()));
        this.#following = following;
      }
    }
    this.#draw();
  }

  #leave(): void {
    this.#following?.dispose();
    this.#following = undefined;
    this.#cluster = undefined;
  }

  #soon(): void {
    if (this.#timer !== undefined || !this.#panel.isVisible) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pacer.ask();
    }, gatherMs);
  }

  #draw(): void {
    const content = this.#content();
    const text = JSON.stringify(content);
    if (text === this.#shown) return;
    this.#shown = text;
    const title =
      this.#view.namespaces.length === 1
        ? vscode.l10n.t('Map: {0}', this.#view.namespaces[0] ?? '')
        : vscode.l10n.t('Map');
    this.#panel.show({ title, content, state: { view: this.#view } });
  }

  #content(): MapContent {
    const { state } = this.#parts.session;
    if (state.is !== 'open') {
      const why = sessionWord(state) || vscode.l10n.t('No cluster is open.');
      return emptyContent(this.#view, '', why);
    }
    const { cluster, ownLab } = state;
    const { snapshot, scope, context } = cluster.connection;
    const place = `${clusterName(cluster, ownLab)} · ${scopeText(scope)}`;
    const results = this.#parts.checks.all().filter((result) => result.context === context.name);
    const built = buildMap(snapshot, this.#view, results, mapWords(this.#parts.judge));
    const behind = connectionSentences(cluster.connection.state);
    return contentOf(built, this.#view, {
      place,
      notices: [behind, ...this.#parts.judge.coverage(snapshot)].filter(Boolean),
      namespaces: namespacesOf(snapshot),
      ...(this.#focus && { focus: this.#focus }),
    });
  }

  #hear(message: MapMessage): void {
    this.#answer(message).catch((error: unknown) => showError(error, this.#parts.log));
  }

  async #answer(message: MapMessage): Promise<void> {
    if (message.is === 'view') {
      this.#view = message.view;
      this.#draw();
      return;
    }
    if (message.is === 'export') return saveDrawing(message.svg);
    const node = this.#panel.model.content.nodes.find(({ id }) => id === message.node);
    if (node === undefined) return;
    switch (message.is) {
      case 'drill':
        this.#view =
          node.kind === 'Namespace'
            ? { ...this.#view, level: 'auto', namespaces: [node.name], workload: undefined }
            : { ...this.#view, level: 'auto', namespaces: [node.namespace], workload: node.id };
        this.#draw();
        return;
      case 'show-in-tree':
        return this.#showInTree(node);
      case 'describe':
        await vscode.commands.executeCommand(commands.describe, { subject: subjectOfNode(node, true) });
        return;
      case 'test': {
        const command = node.kind === 'Pod' ? commands.testPodToPod : commands.testService;
        await vscode.commands.executeCommand(command, { subject: subjectOfNode(node) });
        return;
      }
      case 'explain':
        await vscode.commands.executeCommand(commands.explainConnection, { subject: subjectOfNode(node) });
    }
  }

  async #showInTree({ kind, namespace, name }: MapNode): Promise<void> {
    // VS Code makes this command for every view: it opens the side bar that holds it.
    await vscode.commands.executeCommand(`${views.cluster}.focus`);
    if (await this.#parts.reveal({ kind, namespace, name })) return;
    throw new ExplainedError('not-in-tree', vscode.l10n.t('The tree does not show {0}', name), {
      remedy: vscode.l10n.t('It may lie in a namespace that is not chosen, or be left out by the filter.'),
    });
  }
}
