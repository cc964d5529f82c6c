import * as vscode from 'vscode';
import { reportScheme } from '../host/ids.ts';
import type { FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { reportText } from './reportText.ts';

/** VS Code's own Markdown preview, as an editor for a file. */
const previewEditor = 'vscode.markdown.preview.editor';

/**
 * Reports as read-only Markdown files of a scheme of their own. A file system and not a content provider: VS Code
 * activates the extension for it, so a report that was open survives a reload of the window.
 */
export class ReportDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #history: CheckHistory;
  readonly #registration: { dispose(): unknown };
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(history: CheckHistory) {
    this.#history = history;
    this.#registration = vscode.workspace.registerFileSystemProvider(reportScheme, this, {
      isCaseSensitive: true,
      isReadonly: true,
    });
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

  stat(uri: vscode.Uri): vscode.FileStat {
    const time = Date.parse(this.#find(uri).record.startedAt);
    return { type: vscode.FileType.File, ctime: time, mtime: time, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(reportText(this.#find(uri)));
  }

  /** A report never changes. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.Unavailable(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #find(uri: vscode.Uri): FinishedCheck {
    const entry = this.#history.get(checkIdOf(uri) ?? '');
    if (entry?.is === 'finished') return entry;
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
