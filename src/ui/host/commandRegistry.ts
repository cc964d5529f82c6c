import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandId } from './ids.ts';
import { showError } from './showError.ts';

/** The one place where commands are registered, and where what they throw is shown. */
export class CommandRegistry implements Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /**
   * Registers a command. What it throws is shown to the user and logged; the command then returns undefined.
   * Cancellations are silent.
   */
  register(id: CommandId, run: (...args: readonly unknown[]) => unknown): void {
    const wrapped = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await run(...args);
      } catch (error) {
        showError(error, this.#log);
        return undefined;
      }
    };
    this.#store.add(vscode.commands.registerCommand(id, wrapped));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
