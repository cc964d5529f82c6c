import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';

export interface ReadOnlyFile {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly mtime: number;
}

/**
 * Read-only files of a scheme of their own. A file system and not a content provider: VS Code's Markdown preview shows
 * and follows files only, and activates the extension for a file that was open when the window was reloaded.
 */
export abstract class ReadOnlyFiles implements vscode.FileSystemProvider, Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;

  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string) {
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isCaseSensitive: true,
      isReadonly: true,
    });
  }

  /** @throws vscode.FileSystemError where there is none. */
  protected abstract find(uri: vscode.Uri): ReadOnlyFile;

  protected tellChange(uri: vscode.Uri, type: vscode.FileChangeType): void {
    this.#changed.fire([{ type, uri }]);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { mtime } = this.find(uri);
    return { type: vscode.FileType.File, ctime: mtime, mtime, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.find(uri).text);
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
  }
}
