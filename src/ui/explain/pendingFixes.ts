import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';

/** Comparisons that wait for a decision: by a message's button, by a button above the comparison, or by closing it. */
export class PendingFixes implements Disposable {
  readonly #waiting = new Map<string, (apply: boolean) => void>();
  readonly #tabs: vscode.Disposable;

  constructor() {
    this.#tabs = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) {
        if (input instanceof vscode.TabInputTextDiff) this.#decide(input.modified, false);
      }
    });
  }

  /** Asks beneath the comparison; resolves with whether to go on. */
  async ask(comparison: vscode.Uri, question: string, apply: string): Promise<boolean> {
    const decision = new Promise<boolean>((resolve) => this.#waiting.set(comparison.toString(), resolve));
    // Nobody need see the message: with "do not disturb" there is none.
    void vscode.window.showInformationMessage(question, apply, vscode.l10n.t('Discard')).then((answer) => {
      if (answer !== undefined) this.#decide(comparison, answer === apply);
    });
    const answer = await decision;
    await close(comparison);
    return answer;
  }

  /** Decides the comparison that a button was pressed above, or that is in front. */
  decide(uri: unknown, apply: boolean): void {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const inFront = input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
    for (const each of [uri, inFront]) if (each instanceof vscode.Uri) this.#decide(each, apply);
  }

  dispose(): void {
    this.#tabs.dispose();
    for (const resolve of this.#waiting.values()) resolve(false);
    this.#waiting.clear();
  }

  #decide(comparison: vscode.Uri, apply: boolean): void {
    const key = comparison.toString();
    this.#waiting.get(key)?.(apply);
    this.#waiting.delete(key);
  }
}

/** Closes the comparison, which has done its work. */
async function close(comparison: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === comparison.toString(),
    );
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
