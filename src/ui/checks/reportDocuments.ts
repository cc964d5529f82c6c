import * as vscode from 'vscode';
import { reportScheme } from '../host/ids.ts';
import type { FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { reportText } from './reportText.ts';

/** VS Code's own Markdown preview, as an editor for a file. */
const previewEditor = 'vscode.markdown.preview.editor';

/** Reports as read-only Markdown documents. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #history: CheckHistory;
  readonly #registration: vscode.Disposable;

  constructor(history: CheckHistory) {
    this.#history = history;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const entry = this.#history.get(checkIdOf(uri) ?? '');
    if (entry?.is === 'finished') return reportText(entry);
    return `# ${vscode.l10n.t('This check is no longer kept')}\n\n${vscode.l10n.t(
      'It was removed from the history. Make it again with "{0}".',
      `Pod Network: ${vscode.l10n.t('Test Pod-to-Pod')}`,
    )}\n`;
  }

  async open(entry: FinishedCheck): Promise<void> {
    const uri = uriOf(entry);
    try {
      await vscode.commands.executeCommand('vscode.openWith', uri, previewEditor);
    } catch {
      // The built-in Markdown extension can be switched off; its source reads well too.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function uriOf(entry: FinishedCheck): vscode.Uri {
  const name = questionText(entry).replaceAll('/', '\u2215');
  return vscode.Uri.from({ scheme: reportScheme, path: `/${entry.id}/${name}.md` });
}

/** The check a report's address belongs to. */
export function checkIdOf(uri: vscode.Uri): string | undefined {
  return uri.scheme === reportScheme ? /^\/(\d+)\//.exec(uri.path)?.[1] : undefined;
}
