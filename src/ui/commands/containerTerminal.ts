import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { ContainerRef, TerminalSession, Terminals } from '../../model/terminal.ts';
import { TerminalFilter } from './terminalFilter.ts';

/** bash where there is one, else sh. A constant: nothing is put into it. */
const shell =
  'export TERM=xterm-256color; if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi';

/** VS Code's side of a shell in a container. */
export class ContainerTerminal implements vscode.Pseudoterminal {
  readonly #terminals: Terminals;
  readonly #target: ContainerRef;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly #controller = new AbortController();
  #session: TerminalSession | undefined;
  #size = { columns: 80, rows: 24 };
  #hasEnded = false;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  constructor(terminals: Terminals, target: ContainerRef) {
    this.#terminals = terminals;
    this.#target = target;
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions) this.#size = { columns: dimensions.columns, rows: dimensions.rows };
    this.#run().catch((error: unknown) => {
      if (isCancellation(error)) return;
      const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
      this.#end(vscode.l10n.t('No terminal: {0}. {1}', messageOf(error), remedy));
    });
  }

  close(): void {
    this.#controller.abort();
    this.#session?.close();
    this.#write.dispose();
    this.#close.dispose();
  }

  handleInput(data: string): void {
    if (this.#hasEnded) this.#close.fire(0);
    else this.#session?.write(data);
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.#size = { columns, rows };
    this.#session?.resize(columns, rows);
  }

  async #run(): Promise<void> {
    const { signal } = this.#controller;
    const session = await this.#terminals.open(this.#target, ['sh', '-c', shell], this.#size, signal);
    if (signal.aborted) {
      session.close();
      return;
    }
    this.#session = session;
    // The panel may have changed its size while the connection was made.
    session.resize(this.#size.columns, this.#size.rows);
    const filter = new TerminalFilter();
    const subscription = session.onDidReceive((bytes) => this.#write.fire(filter.push(bytes)));
    const { exitCode, message } = await session.ended;
    subscription.dispose();
    this.#session = undefined;
    if (exitCode === 0) this.#close.fire(0);
    else if (exitCode === undefined) this.#end(vscode.l10n.t('The connection ended: {0}', message));
    else this.#end(vscode.l10n.t('The shell ended with exit code {0}.', exitCode));
  }

  /** Says how it ended, and leaves the terminal open so that it can be read. */
  #end(text: string): void {
    this.#hasEnded = true;
    const close = vscode.l10n.t('Press a key to close the terminal.');
    this.#write.fire(`\r\n\u001b[33m${oneLine(text, 2000)}\u001b[0m\r\n${close}\r\n`);
  }
}
