import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { cellOf, type MatrixRun } from '../../probe/matrix/run.ts';
import { kubectlCommand, reportMarkdown } from '../../probe/report.ts';
import { commands } from '../host/ids.ts';
import type { MatrixMaker } from '../host/matrixMaker.ts';
import { openCluster } from '../host/openCluster.ts';
import { say } from '../host/say.ts';
import type { Session } from '../host/session.ts';
import { showError } from '../host/showError.ts';
import type { Panel } from '../panels/panel.ts';
import {
  readMatrixMessage,
  type MatrixContent,
  type MatrixMessage,
  type MatrixNote,
} from '../panels/protocol/matrix.ts';
import { cellsOf, contentOf, emptyContent, placesOf } from './content.ts';
import { evidenceOf } from './evidence.ts';
import { exportText, saveText } from './exportRun.ts';
import { keptOf, type KeptMatrix } from './kept.ts';

/** A page is told of new cells this often; rows come faster than anybody reads. */
const noteEveryMs = 100;

export interface MatrixViewParts {
  readonly session: Session;
  readonly maker: MatrixMaker;
  readonly log: vscode.LogOutputChannel;
}

export type MatrixPanel = Panel<MatrixContent, MatrixMessage>;

/** One open matrix: follows its run, and does what its buttons ask. */
export class MatrixView {
  readonly #panel: MatrixPanel;
  readonly #parts: MatrixViewParts;
  /** Aborts when the panel is closed. */
  readonly #life = new AbortController();
  #kept: KeptMatrix;
  /** How many of the growing run's cells the page has been told. */
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(panel: MatrixPanel, kept: KeptMatrix, parts: MatrixViewParts) {
    this.#panel = panel;
    this.#parts = parts;
    this.#kept = kept;
    panel.onDidDispose(() => {
      this.#life.abort();
      clearTimeout(this.#timer);
      // Nobody sees the rest of it; what is there is kept.
      parts.maker.runs.cancel(this.#kept.id);
    });
    panel.onDidSay((message) => {
      this.#answer(message).catch((error: unknown) => showError(error, parts.log));
    });
  }

  get kept(): KeptMatrix {
    return this.#kept;
  }

  get content(): MatrixContent {
    return this.#panel.model.content;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Does what the page would ask for, without a page: for the suite in the extension host. */
  async hear(said: unknown): Promise<void> {
    const message = readMatrixMessage(said);
    if (message === undefined) throw new Error(`The page says nothing like ${JSON.stringify(said)}`);
    await this.#answer(message);
  }

  /** Shows a run from its present state on. */
  show(run: MatrixRun): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#kept = keptOf(run);
    this.#told = 0;
    const current = (): MatrixContent => this.#contentNow();
    this.#panel.show({
      title: vscode.l10n.t('Matrix: {0}', run.title),
      // Made when a page asks: a run that grows would else be put together anew for each of its rows.
      get content() {
        return current();
      },
      state: this.#kept,
    });
    this.#told = run.cells.size;
  }

  /** The run is no longer kept anywhere. */
  showGone(): void {
    this.#panel.show({
      title: vscode.l10n.t('Matrix: {0}', this.#kept.title),
      content: { ...emptyContent(this.#kept.title, 'gone'), canRunAgain: this.#kept.asked !== undefined },
      state: this.#kept,
    });
  }

  /** The run that is shown changed. */
  follow(run: MatrixRun): void {
    if (run.state !== 'running') this.show(run);
    else this.#timer ??= setTimeout(() => this.#tell(), noteEveryMs);
  }

  #tell(): void {
    this.#timer = undefined;
    const run = this.#run();
    if (run === undefined) return;
    const news = [...run.cells.values()].slice(this.#told);
    this.#told = run.cells.size;
    this.#note({ is: 'cells', id: run.id, cells: cellsOf(placesOf(run), news) });
  }

  #note(note: MatrixNote): void {
    this.#panel.note(note);
  }

  #run(): MatrixRun | undefined {
    return this.#parts.maker.runs.get(this.#kept.id);
  }

  #before(): MatrixRun | undefined {
    const run = this.#run();
    return run && this.#parts.maker.runs.before(run);
  }

  #contentNow(): MatrixContent {
    const run = this.#run();
    return run === undefined ? emptyContent(this.#kept.title, 'gone') : contentOf(run, this.#before());
  }

  async #answer(message: MatrixMessage): Promise<void> {
    switch (message.is) {
      case 'cancel':
        this.#parts.maker.runs.cancel(this.#kept.id);
        return;
      case 'new':
        await vscode.commands.executeCommand(commands.testMatrix);
        return;
      case 'run-again':
        return this.#runAgain();
      case 'save':
        return saveText(this.#exported(message.format), message.format);
      case 'copy':
        return copy(this.#exported(message.format), vscode.l10n.t('Copied the matrix'));
      case 'open-cell':
      case 'explain':
      case 'check-again':
      case 'copy-kubectl':
      case 'copy-report':
        return this.#answerCell(message.is, message.from, message.to);
    }
  }

  async #answerCell(
    is: 'open-cell' | 'explain' | 'check-again' | 'copy-kubectl' | 'copy-report',
    from: string,
    to: string,
  ): Promise<void> {
    const run = this.#run();
    const record = run && cellOf(run, from, to);
    // The page may speak of a run that another has replaced meanwhile.
    if (record === undefined) return;
    const { context } = this.#kept;
    switch (is) {
      case 'open-cell':
        this.#tellEvidence(record);
        return;
      case 'explain':
        await vscode.commands.executeCommand(commands.explainConnection, { from, to, context });
        return;
      case 'check-again':
        return this.#checkAgain(from, to);
      case 'copy-kubectl': {
        const command = kubectlCommand(record, context);
        if (command !== undefined) await copy(command, vscode.l10n.t('Copied the kubectl command'));
        return;
      }
      case 'copy-report':
        return copy(reportMarkdown(record, context, say), vscode.l10n.t('Copied the report'));
    }
  }

  #tellEvidence(record: CheckRecord): void {
    const before = this.#before();
    this.#note(evidenceOf(record, before && cellOf(before, record.from, record.to)));
  }

  async #checkAgain(from: string, to: string): Promise<void> {
    const { id } = this.#kept;
    this.#note({ is: 'checking', from, to, checking: true });
    try {
      await this.#sameContext();
      const record = await this.#parts.maker.checkAgain(from, to, this.#life.signal);
      this.#parts.maker.runs.amend(id, [record]);
      this.#tellEvidence(record);
    } finally {
      this.#note({ is: 'checking', from, to, checking: false });
    }
  }

  async #runAgain(): Promise<void> {
    const { asked } = this.#kept;
    if (asked === undefined) return;
    await this.#sameContext();
    if ('file' in asked) {
      await vscode.commands.executeCommand(commands.runChecksFile, vscode.Uri.parse(asked.file));
    } else await vscode.commands.executeCommand(commands.testMatrix, asked);
  }

  /** @throws ExplainedError where another cluster is shown than the one that was asked. */
  async #sameContext(): Promise<void> {
    const { context } = await openCluster(this.#parts.session);
    if (context.name === this.#kept.context) return;
    throw new ExplainedError(
      'other-context',
      vscode.l10n.t('This was asked in the context "{0}", which is not the one shown', this.#kept.context),
      { remedy: vscode.l10n.t('Select that context to look again.') },
    );
  }

  /** @throws ExplainedError where the run is no longer kept. */
  #exported(format: 'markdown' | 'csv' | 'json'): string {
    const run = this.#run();
    if (run !== undefined) return exportText(run, this.#before(), format);
    throw new ExplainedError('no-run', vscode.l10n.t('The results of this matrix are no longer kept'), {
      remedy: vscode.l10n.t('Run it again.'),
    });
  }
}

async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${said}`, 3_000);
}
