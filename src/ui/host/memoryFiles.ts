import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';

interface Kept {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/**
 * Read-only files of a scheme of their own that live as long as the window. A file system and not a content provider:
 * VS Code's Markdown preview shows and follows files only.
 */
export class MemoryFiles implements vscode.FileSystemProvider, Disposable {
  readonly #files = new Map<string, Kept>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;
  #last = 0;

  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string) {
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isCaseSensitive: true,
      isReadonly: true,
    });
  }

  /** The paths of all files, oldest first. */
  get paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  set(uri: vscode.Uri, text: string): void {
    const isNew = !this.#files.has(uri.path);
    // Two versions within a millisecond must differ, or an editor keeps the first.
    this.#last = Math.max(this.#last + 1, Date.now());
    this.#files.set(uri.path, { bytes: new TextEncoder().encode(text), mtime: this.#last });
    const { Created, Changed } = vscode.FileChangeType;
    this.#changed.fire([{ type: isNew ? Created : Changed, uri }]);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, mtime } = this.#find(uri);
    return { type: vscode.FileType.File, ctime: mtime, mtime, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#find(uri).bytes;
  }

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
    this.#files.clear();
  }

  #find(uri: vscode.Uri): Kept {
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
