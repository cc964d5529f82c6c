import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { KubeconfigProblem } from './clusterAccess.ts';
import { FreshProblems, problemText } from './freshProblems.ts';
import { linkless } from './shownText.ts';

/**
 * Tells of the parts of a kubeconfig that cannot be used though the rest can: all of them in the log, the first in a
 * message that leads to its line.
 */
export class KubeconfigProblems {
  readonly #log: vscode.LogOutputChannel;
  readonly #news = new FreshProblems();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  tell(problems: readonly KubeconfigProblem[]): void {
    const fresh = this.#news.among(problems);
    for (const problem of fresh) this.#log.warn(problemText(problem));
    const [first] = fresh;
    if (first !== undefined) this.#show(first, fresh.length - 1);
  }

  #show(problem: KubeconfigProblem, more: number): void {
    const open = vscode.l10n.t('Open File');
    const others = more === 0 ? '' : ` ${vscode.l10n.t('The log names {0} more.', more)}`;
    vscode.window.showWarningMessage(linkless(`${problemText(problem)}${others}`), open).then(
      async (choice) => {
        if (choice !== open) return;
        const at = new vscode.Position((problem.line ?? 1) - 1, 0);
        const uri = vscode.Uri.file(problem.file);
        await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
      },
      (failure: unknown) => this.#log.error(messageOf(failure)),
    );
  }
}
