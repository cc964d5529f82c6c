import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../base/event.ts';
import { configFileName, isExcluded, readConfigFile, type LintConfig } from '../../rules/index.ts';
import { toRange } from './convert.ts';

/** A config with the folder that it holds for. */
interface FolderConfig {
  readonly folder: vscode.Uri;
  readonly config: LintConfig;
}

/**
 * The config files of the workspace, which `podnet lint` reads, too: read once, kept by a file watcher. Mistakes in
 * them are marked where they are.
 */
export class ConfigFiles implements Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #disposables = new DisposableStore();
  readonly #changed: Emitter<void>;
  readonly #problems: vscode.DiagnosticCollection;
  readonly #configs = new Map<string, FolderConfig>();
  /** Folders where a config was looked for: a watcher may miss a file that comes together with its folder. */
  readonly #looked = new Set<string>();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#changed = this.#disposables.add(new Emitter<void>((error) => log.error(messageOf(error))));
    this.#problems = this.#disposables.add(vscode.languages.createDiagnosticCollection('podNetworkConfig'));
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${configFileName}`);
    this.#disposables.add(watcher);
    watcher.onDidCreate((uri) => void this.#read(uri));
    watcher.onDidChange((uri) => void this.#read(uri));
    watcher.onDidDelete((uri) => this.#forget(uri));
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#readAll()));
    this.#readAll();
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The config of the nearest folder above a document; undefined: there is none, or it leaves the document out. */
  configFor(uri: vscode.Uri): { readonly config: LintConfig; readonly excluded: boolean } | undefined {
    this.#lookAbove(uri);
    let nearest: FolderConfig | undefined;
    for (const each of this.#configs.values()) {
      const isAbove = uri.scheme === each.folder.scheme && uri.path.startsWith(`${each.folder.path}/`);
      if (isAbove && each.folder.path.length > (nearest?.folder.path.length ?? -1)) nearest = each;
    }
    if (nearest === undefined) return undefined;
    const relative = uri.path.slice(nearest.folder.path.length + 1);
    return { config: nearest.config, excluded: isExcluded(relative, nearest.config.exclude) };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Looks, once, in the folders of a document up to the workspace's. */
  #lookAbove(uri: vscode.Uri): void {
    const top = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (top === undefined) return;
    let folder = vscode.Uri.joinPath(uri, '..');
    while (folder.path.length >= top.path.length && !this.#looked.has(folder.toString())) {
      this.#looked.add(folder.toString());
      void this.#read(vscode.Uri.joinPath(folder, configFileName));
      folder = vscode.Uri.joinPath(folder, '..');
    }
  }

  #readAll(): void {
    this.#looked.clear();
    vscode.workspace.findFiles(`**/${configFileName}`, '**/{node_modules,.git}/**', 200).then(
      async (files) => {
        await Promise.all(files.map((uri) => this.#read(uri)));
      },
      (error: unknown) => this.#log.warn(`Looking for ${configFileName} failed: ${messageOf(error)}`),
    );
  }

  async #read(uri: vscode.Uri): Promise<void> {
    let text: string;
    try {
      text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') this.#forget(uri);
      else this.#log.warn(`${uri.toString()} cannot be read: ${messageOf(error)}`);
      return;
    }
    const { config, problems } = readConfigFile(text);
    this.#configs.set(uri.toString(), { folder: vscode.Uri.joinPath(uri, '..'), config });
    this.#problems.set(
      uri,
      problems.map(
        ({ range, message, remedy }) =>
          new vscode.Diagnostic(toRange(range), `${message} ${remedy}`, vscode.DiagnosticSeverity.Error),
      ),
    );
    this.#changed.fire();
  }

  #forget(uri: vscode.Uri): void {
    this.#problems.delete(uri);
    if (this.#configs.delete(uri.toString())) this.#changed.fire();
  }
}
