import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import type { ConnectionState } from '../../model/connection.ts';
import { Attention } from '../host/attention.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { contextKeys, views, type ViewState } from '../host/ids.ts';
import type { RevealedObject } from '../host/revealObject.ts';
import type { Session } from '../host/session.ts';
import type { TreeOptions } from '../host/treeOptions.ts';
import { Pacer } from '../host/pacer.ts';
import { forLog } from '../host/showError.ts';
import {
  clusterName,
  connectionSentences,
  connectionWord,
  scopeText,
  sessionWord,
} from '../host/stateText.ts';
import { ClusterTree } from './clusterTree.ts';
import type { Scene } from './node.ts';
import type { TreeEntry } from './treeItems.ts';
import { viewStateOf } from './viewState.ts';

/** The cluster view: follows the session, watches the cluster while it is seen, chooses the welcome text. */
export class ClusterView implements Disposable {
  readonly #session: Session;
  readonly #options: TreeOptions;
  readonly #log: vscode.LogOutputChannel;
  readonly tree: ClusterTree;
  readonly #view: vscode.TreeView<TreeEntry>;
  readonly #subscriptions: Disposable[];
  readonly #stateChanged = new Emitter<ViewState>();
  /** Redrawing ten thousand pods takes its time: changes that come meanwhile are drawn together. */
  readonly #redraw = new Pacer(() => this.#draw());
  #state: ViewState = 'opening';
  #clusterSubscriptions: Disposable[] = [];
  #cluster: Cluster | undefined;
  #watch: Disposable | undefined;
  /** Whether somebody looks; VS Code may ask for items before it says that the view is visible. */
  #isLookedAt = false;

  constructor(session: Session, options: TreeOptions, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#options = options;
    this.#log = log;
    this.tree = new ClusterTree(() => this.#sceneWhenReady());
    this.#view = vscode.window.createTreeView(views.cluster, {
      treeDataProvider: this.tree,
      showCollapseAll: true,
    });
    const { window } = vscode;
    const attention = new Attention(window.state.focused, (listener) =>
      window.onDidChangeWindowState(({ focused }) => listener(focused)),
    );
    this.#subscriptions = [
      this.#view,
      this.tree,
      this.#redraw,
      this.#view.onDidChangeVisibility(({ visible }) => (visible ? this.#seen() : this.#hidden())),
      session.onDidChange(() => this.#followSession()),
      options.onDidChange(() => this.#draw(true)),
      attention,
      attention.onDidChange((isPaid) => {
        if (!isPaid) this.#hidden();
        else if (this.#view.visible) this.#seen();
      }),
    ];
    this.#followSession();
    if (this.#view.visible) this.#seen();
  }

  /** Shows and selects a pod or Service. `false`: the view does not hold it. */
  async reveal(object: RevealedObject): Promise<boolean> {
    const entry = await this.tree.find(object);
    if (entry === undefined) return false;
    await this.#view.reveal(entry, { select: true, focus: false, expand: true });
    return true;
  }

  dispose(): void {
    this.#leaveCluster();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#stateChanged.dispose();
  }

  #seen(): void {
    this.#isLookedAt = true;
    if (this.#session.state.is === 'closed') {
      this.#session.open().catch((error: unknown) => this.#log.error(forLog(error)));
    }
    this.#watch ??= this.#cluster?.connection.watch();
    const scene = this.#scene();
    if (scene !== undefined) this.tree.update(scene);
  }

  #hidden(): void {
    this.#isLookedAt = false;
    this.#watch?.dispose();
    this.#watch = undefined;
  }

  #followSession(): void {
    const { state } = this.#session;
    const cluster = state.is === 'open' ? state.cluster : undefined;
    if (cluster !== this.#cluster) {
      this.#leaveCluster();
      this.#cluster = cluster;
      if (cluster !== undefined) {
        const { connection } = cluster;
        this.#clusterSubscriptions = [
          connection.onDidChangeState(() => this.#draw()),
          connection.onDidChange(() => this.#redraw.ask()),
        ];
        if (this.#isLookedAt) this.#watch = connection.watch();
      }
    }
    this.#draw(true);
  }

  #leaveCluster(): void {
    for (const subscription of this.#clusterSubscriptions) subscription.dispose();
    this.#clusterSubscriptions = [];
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#cluster = undefined;
  }

  /** Brings title, welcome text and tree in line with the session. */
  #draw(fromTheTop = false): void {
    const { state: session } = this.#session;
    const before = this.#state;
    this.#state = viewStateOf(session);
    this.#describe();
    if (before !== this.#state || fromTheTop) {
      setContextKey(contextKeys.state, this.#state);
      this.#stateChanged.fire(this.#state);
      this.tree.reset();
      return;
    }
    const scene = this.#scene();
    if (scene !== undefined && this.#isLookedAt) this.tree.update(scene);
  }

  #describe(): void {
    const { state } = this.#session;
    if (state.is !== 'open') {
      this.#view.description = sessionWord(state);
      this.#view.message = undefined;
      return;
    }
    const { connection } = state.cluster;
    const parts = [
      clusterName(state.cluster, state.ownLab),
      scopeText(connection.scope),
      connectionWord(connection.state),
    ];
    this.#view.description = parts.filter(Boolean).join(' · ');
    // A message above an empty tree would hide the welcome text.
    const { filter } = this.#options;
    const sentences = [
      isBehind(connection.state) ? connectionSentences(connection.state) : '',
      filter === '' ? '' : vscode.l10n.t('Only what has "{0}" is shown.', oneLine(filter, 80)),
    ].filter(Boolean);
    this.#view.message = this.#state === 'tree' && sentences.length > 0 ? sentences.join(' ') : undefined;
  }

  #scene(): Scene | undefined {
    if (this.#state !== 'tree' || this.#cluster === undefined) return undefined;
    const { snapshot, scope, state } = this.#cluster.connection;
    const { filter, together } = this.#options;
    return { snapshot, scope, isBehind: isBehind(state), filter, together };
  }

  /** VS Code shows progress in the view until this resolves. */
  async #sceneWhenReady(): Promise<Scene | undefined> {
    this.#seen();
    while (this.#state === 'opening') {
      await new Promise<void>((resolve) => {
        const subscription = this.#stateChanged.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
    return this.#scene();
  }
}

function isBehind({ is }: ConnectionState): boolean {
  return is === 'stale' || is === 'catching-up';
}
