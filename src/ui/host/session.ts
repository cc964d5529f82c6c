import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import type { ClusterContext, Contexts, NamespaceScope } from '../../model/connection.ts';
import type { Choices } from './choices.ts';
import type { Cluster, ClusterAccess, OpenKubeconfig } from './clusterAccess.ts';
import { configuration } from './configuration.ts';
import { KubeconfigProblems } from './kubeconfigProblems.ts';
import { forLog } from './showError.ts';
import type { PracticeLab } from './practiceLab.ts';
import { closeOf, sameContext, type SessionState } from './sessionState.ts';
import { whyNot } from './whyNotOpen.ts';

/**
 * The one cluster a window works with. Opens it when first asked, follows the user's choices, the settings, the
 * kubeconfig's files, the workspace's trust and the practice lab's life.
 */
export class Session implements Disposable {
  readonly #choices: Choices;
  readonly #lab: PracticeLab;
  readonly #openKubeconfig: OpenKubeconfig;
  readonly #log: vscode.LogOutputChannel;
  readonly #problems: KubeconfigProblems;
  readonly #changed = new Emitter<SessionState>();
  readonly #subscriptions: Disposable[];
  #state: SessionState = { is: 'closed' };
  #access: ClusterAccess | undefined;
  /** Aborts when a newer opening, or the end, makes the present one pointless. */
  #opening: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(options: {
    choices: Choices;
    lab: PracticeLab;
    openKubeconfig: OpenKubeconfig;
    log: vscode.LogOutputChannel;
  }) {
    this.#choices = options.choices;
    this.#lab = options.lab;
    this.#openKubeconfig = options.openKubeconfig;
    this.#log = options.log;
    this.#problems = new KubeconfigProblems(options.log);
    this.#subscriptions = [
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#reopenIfAsked()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (configuration.concernsConnection(change)) this.#reopenIfAsked();
      }),
      this.#lab.onDidChange(() => {
        const lostLab = this.#state.is === 'open' && this.#state.ownLab && !this.#lab.isRunning;
        if (lostLab) this.#set({ is: 'lab-failed', ...stopped() });
      }),
    ];
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Opens what the choices and settings name, unless it is open or opening. Reads files; contacts no cluster. */
  async open(): Promise<void> {
    if (this.#state.is === 'open' || this.#state.is === 'untrusted') return;
    if (this.#opening === undefined) await this.reopen();
    else await this.#settled();
  }

  /** A newer opening may take over meanwhile: only when none is left, the state is what was asked for. */
  async #settled(): Promise<void> {
    while (this.#opening !== undefined) await this.#opening.done;
  }

  /** Reads settings, choices and kubeconfig anew. What was open is closed. Resolves when what came of it is known. */
  reopen(): Promise<void> {
    this.#opening?.controller.abort();
    const controller = new AbortController();
    this.#set({ is: 'opening' });
    const done = this.#open(controller.signal).then(
      (state) => {
        if (controller.signal.aborted) closeOf(state);
        else this.#finish(state);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        this.#log.error(forLog(error));
        const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
        this.#finish({ is: 'broken', file: '', message: messageOf(error), remedy });
      },
    );
    this.#opening = { controller, done };
    return this.#settled();
  }

  /**
   * The cluster, opened if need be.
   * @throws ExplainedError that says why there is none and what to do.
   */
  async cluster(): Promise<Cluster> {
    await this.open();
    if (this.#state.is === 'open') return this.#state.cluster;
    throw whyNot(this.#state);
  }

  /**
   * A second connection to the cluster that is shown, over other namespaces than the views show; it goes through the
   * same kubeconfig. The caller disposes of it.
   * @throws ExplainedError where no cluster is open.
   */
  openBeside(scope: NamespaceScope): Cluster {
    if (this.#state.is !== 'open' || this.#access === undefined) {
      throw whyNot(this.#state.is === 'open' ? { is: 'closed' } : this.#state);
    }
    return this.#access.open(this.#state.cluster.context, scope);
  }

  async contexts(): Promise<Contexts> {
    if (!vscode.workspace.isTrusted) throw whyNot({ is: 'untrusted' });
    const access = await this.#openKubeconfig(configuration.kubeconfig());
    try {
      return await access.readContexts();
    } finally {
      access.dispose();
    }
  }

  async useContext(name: string): Promise<void> {
    await this.#choices.chooseContext(name);
    await this.reopen();
  }

  async useLab(): Promise<void> {
    await this.#choices.chooseLab();
    await this.reopen();
  }

  /** Back from the lab to the kubeconfig. */
  async useKubeconfig(): Promise<void> {
    await this.#choices.chooseContext(undefined);
    await this.reopen();
  }

  async useScope(scope: NamespaceScope): Promise<void> {
    if (this.#state.is !== 'open') return;
    const { cluster } = this.#state;
    await this.#choices.chooseScope(cluster.context.name, scope);
    cluster.connection.setScope(scope);
    this.#changed.fire(this.#state);
  }

  dispose(): void {
    this.#opening?.controller.abort();
    this.#opening = undefined;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    closeOf(this.#state);
    this.#access?.dispose();
  }

  async #open(signal: AbortSignal): Promise<SessionState> {
    if (!vscode.workspace.isTrusted) return { is: 'untrusted' };
    const useLab = this.#choices.lab;
    let kubeconfig = configuration.kubeconfig();
    if (useLab) {
      try {
        kubeconfig = await this.#lab.start(signal);
      } catch (error) {
        if (isCancellation(error)) throw error;
        const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
        return { is: 'lab-failed', message: messageOf(error), remedy };
      }
    }
    const access = await this.#openKubeconfig(kubeconfig);
    const contexts = await access.readContexts();
    if (signal.aborted) {
      access.dispose();
      return { is: 'closed' };
    }
    this.#access?.dispose();
    this.#access = access;
    access.onDidChangeContexts(() => this.#kubeconfigChanged(access));
    // A kubeconfig of which nothing can be used is shown by the view itself.
    if (contexts.is !== 'read') return contexts;
    this.#tellProblems(access);
    const wanted = this.#wantedOf(contexts);
    const context = contexts.contexts.find(({ name }) => name === wanted);
    if (context === undefined) return { is: 'no-context', wanted };
    const cluster = access.open(context, this.#scopeFor(context));
    return { is: 'open', cluster, ownLab: useLab };
  }

  #scopeFor(context: ClusterContext): NamespaceScope {
    return (
      this.#choices.scopeOf(context.name) ??
      configuration.namespaces() ?? { is: 'only', namespaces: [context.namespace] }
    );
  }

  #finish(state: SessionState): void {
    this.#opening = undefined;
    this.#set(state);
  }

  #set(state: SessionState): void {
    const before = this.#state;
    this.#state = state;
    if (before !== state) closeOf(before);
    this.#changed.fire(state);
  }

  /** What is shown stays as it is where the files say the same of it; new credentials are not our matter. */
  #kubeconfigChanged(access: ClusterAccess): void {
    access.readContexts().then(
      (contexts) => {
        if (access !== this.#access) return;
        if (contexts.is === 'read') this.#tellProblems(access);
        const shown = this.#state.is === 'open' ? this.#state.cluster.context : undefined;
        if (shown !== undefined && contexts.is !== 'read') {
          // A file that is being written, or a lab that took its file along: the connection tells how it stands.
          this.#log.warn(
            `The kubeconfig can no longer be used; ${shown.name} is shown until the next refresh.`,
          );
          return;
        }
        if (shown !== undefined && contexts.is === 'read') {
          const wanted = this.#wantedOf(contexts);
          const now = contexts.contexts.find(({ name }) => name === wanted);
          if (now?.name === shown.name && sameContext(now, shown)) return;
        }
        this.#reopenIfAsked();
      },
      (error: unknown) => this.#log.error(forLog(error)),
    );
  }

  #tellProblems(access: ClusterAccess): void {
    access.readProblems().then(
      (problems) => {
        if (access === this.#access) this.#problems.tell(problems);
      },
      (error: unknown) => this.#log.error(forLog(error)),
    );
  }

  /** The context to show: what was chosen, else what the setting says, else the kubeconfig's own. */
  #wantedOf(contexts: Extract<Contexts, { is: 'read' }>): string {
    if (this.#choices.lab) return contexts.current;
    return this.#choices.context ?? configuration.context() ?? contexts.current;
  }

  #reopenIfAsked(): void {
    if (this.#state.is === 'closed') return;
    this.reopen().catch((error: unknown) => this.#log.error(forLog(error)));
  }
}

function stopped(): { message: string; remedy: string } {
  return {
    message: vscode.l10n.t('The practice lab has stopped'),
    remedy: vscode.l10n.t('Start it again, or choose a context.'),
  };
}
