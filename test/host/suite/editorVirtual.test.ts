import * as vscode from 'vscode';
import { closeEverything, expectFindings } from './editorTools.ts';

/** A file system in memory, as an extension for a virtual workspace would bring one. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const size = this.readFile(uri).byteLength;
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.#files.get(uri.path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.#files.set(uri.path, content);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

describe('manifests that are no files', () => {
  afterEach(closeEverything);

  it('are checked on a virtual file system, and not where nobody writes', async () => {
    const text = 'kind: Service --> a service\napiVersion: v1\nmetadata:\n  name: s\nspec:\n  ports: []\n';
    const files = new MemoryFiles();
    const registrations = vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider('podnet-memory', files),
      vscode.workspace.registerTextDocumentContentProvider('podnet-shown', {
        provideTextDocumentContent: () => text,
      }),
    );
    try {
      const written = vscode.Uri.parse('podnet-memory:/service.yaml');
      files.writeFile(written, new TextEncoder().encode(text));
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(written));
      await expectFindings(written, ['lesson-arrow 0:14-0:27', 'service-ports-missing 5:2-5:7']);
      const shown = vscode.Uri.parse('podnet-shown:/service.yaml');
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(shown));
      await expectFindings(shown, []);
    } finally {
      registrations.dispose();
    }
  });
});
