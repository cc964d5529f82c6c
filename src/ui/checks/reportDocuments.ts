import * as vscode from 'vscode';
import { reportScheme } from '../host/ids.ts';
import { showRendered } from '../host/memoryFiles.ts';
import { ReadOnlyFiles, type ReadOnlyFile } from '../host/readOnlyFiles.ts';
import type { FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { reportText } from './reportText.ts';

/** Reports of checks as Markdown files: one that was open survives a reload of the window, as the history does. */
export class ReportDocuments extends ReadOnlyFiles {
  readonly #history: CheckHistory;

  constructor(history: CheckHistory) {
    super(reportScheme);
    this.#history = history;
  }

  async open(entry: FinishedCheck): Promise<void> {
    await showRendered(uriOf(entry));
  }

  protected override find(uri: vscode.Uri): ReadOnlyFile {
    const entry = this.#history.get(checkIdOf(uri) ?? '');
    if (entry?.is === 'finished')
      return { text: reportText(entry), mtime: Date.parse(entry.record.startedAt) };
    throw vscode.FileSystemError.FileNotFound(
      vscode.l10n.t('This check is no longer kept. Make it again to read its report.'),
    );
  }
}

function uriOf(entry: FinishedCheck): vscode.Uri {
  // A slash would part the name, so a look-alike stands for it.
  const name = questionText(entry).replaceAll('/', '\u2215');
  return vscode.Uri.from({ scheme: reportScheme, path: `/${entry.id}/${name}.md` });
}

/** The check a report's address belongs to. */
export function checkIdOf(uri: vscode.Uri): string | undefined {
  return uri.scheme === reportScheme ? /^\/(\d+)\//.exec(uri.path)?.[1] : undefined;
}
