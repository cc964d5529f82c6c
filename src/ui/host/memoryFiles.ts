import * as vscode from 'vscode';
import { ReadOnlyFiles, type ReadOnlyFile } from './readOnlyFiles.ts';

/** Read-only files that live as long as the window. */
export class MemoryFiles extends ReadOnlyFiles {
  readonly #files = new Map<string, ReadOnlyFile>();
  #last = 0;

  set(uri: vscode.Uri, text: string): void {
    const isNew = !this.#files.has(uri.path);
    // Two versions within a millisecond must differ, or an editor keeps the first.
    this.#last = Math.max(this.#last + 1, Date.now());
    this.#files.set(uri.path, { text, mtime: this.#last });
    const { Created, Changed } = vscode.FileChangeType;
    this.tellChange(uri, isNew ? Created : Changed);
  }

  /** Forgets the oldest files that are too many; never the last one, nor those of editors that are open. */
  keepNewest(most: number): void {
    const paths = [...this.#files.keys()];
    const shown = new Set(vscode.workspace.textDocuments.map((document) => document.uri.path));
    const old = paths.slice(0, -1).filter((path) => !shown.has(path));
    for (const path of old.slice(0, Math.max(0, paths.length - most))) this.#files.delete(path);
  }

  override dispose(): void {
    super.dispose();
    this.#files.clear();
  }

  protected override find(uri: vscode.Uri): ReadOnlyFile {
    const kept = this.#files.get(uri.path);
    if (kept !== undefined) return kept;
    throw vscode.FileSystemError.FileNotFound(
      vscode.l10n.t('This text is no longer kept. Open it again from where it came.'),
    );
  }
}

/** VS Code's own Markdown preview, as an editor for a file. */
const previewEditor = 'vscode.markdown.preview.editor';

/** Shows a Markdown file rendered; its source where the built-in extension for that is switched off. */
export async function showRendered(uri: vscode.Uri, beside = false): Promise<void> {
  const options = beside
    ? { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true }
    : { preview: true };
  try {
    await vscode.commands.executeCommand('vscode.openWith', uri, previewEditor, options);
  } catch {
    await vscode.window.showTextDocument(uri, options);
  }
}
