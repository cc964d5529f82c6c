import * as vscode from 'vscode';
import { isCancellation, messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { changeOf } from '../../reach/policyChange.ts';
import { openCluster } from '../host/openCluster.ts';
import { readWidely } from '../host/readWidely.ts';
import type { Session } from '../host/session.ts';
import { brokenReport, policyReport } from './policyReport.ts';
import { policiesIn, stepTo, workspaceGround, type Ground } from './policyWorlds.ts';

/** The text has to rest for so long, in milliseconds. */
const quietMs = 300;

/** The preview of one document: follows the text and what it is held against, until it is disposed of. */
export class PolicyPreview implements Disposable {
  readonly #document: vscode.TextDocument;
  readonly #session: Session;
  readonly #show: (text: string) => void;
  readonly #store = new DisposableStore();
  readonly #life = new AbortController();
  #ground: Ground | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last: string | undefined;

  /** @param show takes the report, as Markdown, each time it changes. */
  constructor(document: vscode.TextDocument, session: Session, show: (text: string) => void) {
    this.#document = document;
    this.#session = session;
    this.#show = show;
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === document) this.#later();
        else if (this.#isOfWorkspace && change.document.languageId === 'yaml') this.#groundMoved();
      }),
    );
  }

  /** The document's name, for the preview's title. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Reads the cluster, or the workspace where there is none, and works out the first answer. */
  async start(): Promise<string> {
    this.#ground = await this.#findGround();
    return this.#workOut();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#life.abort();
    this.#store.dispose();
  }

  get #isOfWorkspace(): boolean {
    return this.#ground !== undefined && !this.#ground.world.running;
  }

  #groundMoved(): void {
    workspaceGround(this.#document.uri, this.#life.signal).then(
      (ground) => {
        this.#ground = ground;
        this.#later();
      },
      (error: unknown) => {
        if (!isCancellation(error)) this.#show(brokenReport(messageOf(error), this.#last));
      },
    );
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#life.signal.aborted) this.#show(this.#workOut());
    }, quietMs);
  }

  #workOut(): string {
    const ground = this.#ground;
    if (ground === undefined) return brokenReport(vscode.l10n.t('nothing was read yet'), this.#last);
    const policies = policiesIn(this.#document.getText(), this.#document.uri.path, ground.namespace);
    if (typeof policies === 'string') return brokenReport(policies, this.#last);
    if (policies.length === 0) {
      return brokenReport(vscode.l10n.t('there is no NetworkPolicy in this file'), this.#last);
    }
    this.#last = policyReport(policies, changeOf(stepTo(ground, policies)), ground.about);
    return this.#last;
  }

  async #findGround(): Promise<Ground> {
    const { signal } = this.#life;
    try {
      const cluster = await openCluster(this.#session);
      const reading = await readWidely(this.#session, cluster, [cluster.context.namespace], signal);
      this.#store.add(reading);
      const { connection } = reading.cluster;
      const { namespace, name } = cluster.context;
      const about = (): string =>
        cluster.connection.isPracticeLab === true
          ? vscode.l10n.t(
              'Against the cluster of context {0} (the practice lab, simulated), as it is now.',
              name,
            )
          : vscode.l10n.t('Against the cluster of context {0}, as it is now.', name);
      this.#store.add(
        connection.onDidChange(({ snapshot, touched }) => {
          if (!touched.has('Pod') && !touched.has('NetworkPolicy') && !touched.has('Namespace')) return;
          this.#ground = { world: { snapshot, running: true }, namespace, about: about() };
          this.#later();
        }),
      );
      return { world: reading.world, namespace, about: about() };
    } catch (error) {
      if (isCancellation(error)) throw error;
      const ground = await workspaceGround(this.#document.uri, signal);
      const why = vscode.l10n.t('No cluster was used: {0}', messageOf(error));
      return { ...ground, about: `${ground.about} ${why}` };
    }
  }
}
