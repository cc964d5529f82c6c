import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { parseWorkloadRef } from '../../reach/podNamed.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { openCluster } from '../host/openCluster.ts';
import type { ProbedConnections } from '../host/probedConnections.ts';
import { readWidely } from '../host/readWidely.ts';
import type { Session } from '../host/session.ts';
import { forLog, showError } from '../host/showError.ts';
import type { Panel } from '../panels/panel.ts';
import type { ExplainContent, ExplainMessage } from '../panels/protocol/explain.ts';
import { applyFix } from './applyFix.ts';
import { contentOf, emptyContent, stoppedContent } from './content.ts';
import type { KeptExplanation } from './kept.ts';
import { lookAtObjects, lookWithProbes } from './look.ts';
import { reportMarkdown } from './markdown.ts';
import type { ObjectDocuments } from './objectDocuments.ts';
import { openInFiles } from './openInFiles.ts';
import { openObject } from './openObject.ts';
import type { PendingFixes } from './pendingFixes.ts';
import type { Question } from './question.ts';
import { titleOf } from './titles.ts';
import { workspaceWorld } from './workspaceWorld.ts';

export interface ExplanationParts {
  readonly session: Session;
  readonly documents: ObjectDocuments;
  readonly pending: PendingFixes;
  readonly log: vscode.LogOutputChannel;
  /** Where other views find what was probed. */
  readonly probed: ProbedConnections;
  /** The extension's docs folder, which holds `causes/ID.md`. */
  readonly docs: vscode.Uri;
}

export type ExplanationPanel = Panel<ExplainContent, ExplainMessage>;

/** One explained connection: finds the answer, keeps the panel up to date, and does what its buttons ask. */
export class Explanation {
  readonly #panel: ExplanationPanel;
  readonly #parts: ExplanationParts;
  #question: Question;
  /** Aborts when the panel is closed. */
  readonly #life = new AbortController();
  /** The look that is going on. */
  #look: AbortController | undefined;

  constructor(panel: ExplanationPanel, { question }: KeptExplanation, parts: ExplanationParts) {
    this.#panel = panel;
    this.#parts = parts;
    this.#question = question;
    panel.onDidDispose(() => {
      this.#look?.abort();
      this.#life.abort();
    });
    panel.onDidSay((message) => {
      this.#answer(message).catch((error: unknown) => showError(error, parts.log));
    });
  }

  get question(): Question {
    return this.#question;
  }

  /** What the panel shows, for who called the command: tests and other extensions. */
  get answer(): ExplainContent {
    return this.#panel.model.content;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Looks anew. Ends when the answer stands in the panel; errors stand there too. */
  async run(probe = this.#question.probe): Promise<void> {
    this.#look?.abort();
    const look = new AbortController();
    this.#look = look;
    this.#question = { ...this.#question, probe };
    const title = vscode.l10n.t('Following {0}', titleOf(this.#question));
    const work = this.#find(look.signal);
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => work);
    await work;
  }

  async #find(signal: AbortSignal): Promise<void> {
    try {
      this.#show(emptyContent(this.#question, false));
      if (this.#question.files === true) {
        const answer = lookAtObjects(await workspaceWorld(signal), this.#question);
        this.#show(contentOf(this.#question, answer, { simulated: false, at: new Date() }));
        return;
      }
      const cluster = await this.#cluster();
      const simulated = (): boolean => cluster.connection.isPracticeLab === true;
      this.#show(emptyContent(this.#question, simulated()));
      const reading = await readWidely(this.#parts.session, cluster, namespacesOf(this.#question), signal);
      try {
        const { world } = reading;
        const byObjects = lookAtObjects(world, this.#question);
        const circumstances = { simulated: simulated(), at: new Date() };
        if (!this.#question.probe) {
          this.#show(contentOf(this.#question, byObjects, circumstances));
          return;
        }
        this.#show(contentOf(this.#question, byObjects, circumstances, true));
        const answer = await lookWithProbes(world, this.#question, reading.cluster, signal, (count, what) =>
          this.#panel.note({ progress: vscode.l10n.t('Probe {0}: {1}', count, what) }),
        );
        this.#parts.probed.add(this.#question.context, answer.records);
        this.#show(contentOf(this.#question, answer, { ...circumstances, at: new Date() }));
      } finally {
        reading.dispose();
      }
    } catch (error) {
      // A newer look, or the end of the panel, has taken over.
      if (this.#look?.signal !== signal || this.#life.signal.aborted) return;
      this.#stop(error);
    }
  }

  #stop(error: unknown): void {
    const { content } = this.#panel.model;
    if (isCancellation(error)) {
      this.#show(
        stoppedContent(
          content,
          vscode.l10n.t('Cancelled'),
          vscode.l10n.t('What was found so far stands below.'),
        ),
      );
      return;
    }
    this.#parts.log.error(forLog(error));
    const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
    this.#show(
      stoppedContent(content, vscode.l10n.t('It could not be looked into'), `${messageOf(error)}. ${remedy}`),
    );
  }

  #show(content: ExplainContent): void {
    const kept: KeptExplanation = { question: this.#question, content };
    this.#panel.show({ title: titleOf(this.#question), content, state: kept });
  }

  /** @throws ExplainedError where another cluster is shown than the one that was asked. */
  async #cluster(): Promise<Cluster> {
    const cluster = await openCluster(this.#parts.session);
    const { context } = this.#question;
    if (cluster.context.name === context) return cluster;
    throw new ExplainedError(
      'other-context',
      vscode.l10n.t('This was asked in the context "{0}", which is not the one shown', context),
      { remedy: vscode.l10n.t('Select that context to look again.') },
    );
  }

  async #answer(message: ExplainMessage): Promise<void> {
    switch (message.is) {
      case 'run-again':
        return this.run();
      case 'run-with-probes':
        return this.run(true);
      case 'run-without-probes':
        return this.run(false);
      case 'cancel':
        this.#look?.abort();
        return;
      case 'copy-markdown':
        return copy(reportMarkdown(this.#panel.model.content), vscode.l10n.t('Copied the report'));
      case 'open-cause': {
        const known = this.#panel.model.content.causes.some(({ id }) => id === message.cause);
        if (!known || !/^[a-z-]+$/.test(message.cause)) return;
        const page = vscode.Uri.joinPath(this.#parts.docs, 'causes', `${message.cause}.md`);
        await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
        return;
      }
      case 'open-object': {
        const { object, path } = message;
        if (this.#question.files === true) return openInFiles(object, path, this.#life.signal);
        await openObject(await this.#cluster(), this.#parts.documents, object, path, this.#life.signal);
        return;
      }
      case 'copy-yaml':
      case 'copy-command':
      case 'apply': {
        const fix = this.#panel.model.content.causes[message.cause]?.fixes[message.fix];
        if (fix === undefined) return;
        if (message.is === 'copy-yaml') return copy(fix.yaml ?? '', vscode.l10n.t('Copied the YAML'));
        if (message.is === 'copy-command')
          return copy(fix.command ?? '', vscode.l10n.t('Copied the command'));
        if (!fix.canApply || fix.yaml === undefined) return;
        return this.#apply(fix.yaml);
      }
    }
  }

  async #apply(yaml: string): Promise<void> {
    const applied = await applyFix(await this.#cluster(), this.#parts, yaml, this.#life.signal);
    const { content } = this.#panel.model;
    const notice = vscode.l10n.t(
      '{0} was changed as shown. Run again to see whether the connection works now.',
      applied,
    );
    this.#show({ ...content, notice });
    this.#panel.reveal();
  }
}

async function copy(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${message}`, 3000);
}

/** The namespaces that a question names. */
function namespacesOf({ from, to }: Question): readonly string[] {
  return [from, to].flatMap((text) => {
    if (text === 'outside') return [];
    const ref = parseWorkloadRef(text);
    return 'namespace' in ref ? [ref.namespace] : [];
  });
}
