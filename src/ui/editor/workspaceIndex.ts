import * as vscode from 'vscode';
import { throwIfCancelled } from '../../base/cancellation.ts';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../../base/event.ts';
import type { ObjectFacts } from '../../manifest/facts.ts';
import type { ManifestFile } from '../../manifest/file.ts';
import type { KnownObjects } from '../../rules/knownObjects.ts';
import { Debouncer } from './debouncer.ts';
import { manifestFiles } from './documents.ts';
import { FactsStore } from './factsStore.ts';
import { fileFacts } from './fileFacts.ts';
import { readFacts } from './readFacts.ts';

/** Folders that hold other people's files. */
const excluded = '**/{node_modules,.git}/**';
const maximumFiles = 5_000;
const maximumObjects = 50_000;
const parallelReads = 8;
/** How long a search for files may take before it is asked for anew, in milliseconds. The last one takes its time. */
const searchPatiencesMs = [10_000, 40_000, 160_000, Infinity];
/** A file that changed is read once it has been quiet for so long, in milliseconds. */
const quiet = 200;

/**
 * The objects in the workspace's YAML files, read in the background and kept by a file watcher. Open documents
 * count as they are on the screen, not as they are on the disk. Uses VS Code's file system only, so that it
 * works in virtual workspaces, and runs nothing, so that it works in untrusted ones.
 */
export class WorkspaceIndex implements Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new FactsStore();
  /** Open documents, as they were last taken. */
  readonly #open = new Map<string, ManifestFile>();
  /** Files that were deleted while a document of theirs was open: VS Code may keep such a document for long. */
  readonly #gone = new Set<string>();
  readonly #disposables = new DisposableStore();
  readonly #changed: Emitter<void>;
  readonly #rereads: Debouncer<string>;
  /** Ends the reading of the whole workspace. */
  #reading = new AbortController();
  #read: Promise<void> = Promise.resolve();
  #isReading = false;
  #lastRead = new Map<string, number>();
  #readCount = 0;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#changed = this.#disposables.add(new Emitter<void>((error) => log.error(messageOf(error))));
    this.#rereads = this.#disposables.add(
      new Debouncer<string>((uri) => void this.#reread(vscode.Uri.parse(uri, true))),
    );
    this.#watch();
    this.#readWorkspace();
  }

  /** Fires when other files now say something else. */
  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** Every object known, of open and closed files. */
  get objects(): readonly ObjectFacts[] {
    return this.#store.objects;
  }

  /** Resolves once the workspace was read as far as it can be; at once where that is long over. */
  whenRead(): Promise<void> {
    return this.#read;
  }

  /** Whether the workspace is still being read for the first time, or again because its folders changed. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Whether {@link objects} are all that the workspace's files hold. */
  get isComplete(): boolean {
    return this.#store.doubt === undefined;
  }

  /** What other files hold; the same for as long as none of them changes. */
  besides(document: vscode.TextDocument): KnownObjects {
    return this.#store.besides(document.uri.toString());
  }

  /** Takes an open document as it is on the screen. */
  take(document: vscode.TextDocument, file: ManifestFile): void {
    const uri = document.uri.toString();
    if (this.#open.get(uri) === file || (this.#gone.has(uri) && !document.isDirty)) return;
    this.#open.set(uri, file);
    if (this.#store.set(uri, fileFacts(file))) this.#changed.fire();
  }

  /** The document is no longer open: what is on the disk counts again. */
  release(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    this.#gone.delete(uri);
    this.#store.release(uri);
    if (!this.#open.delete(uri)) return;
    if (vscode.workspace.getWorkspaceFolder(document.uri) === undefined) this.#forget(uri);
    else this.#rereads.schedule(uri, 0);
  }

  dispose(): void {
    this.#reading.abort();
    this.#disposables.dispose();
    this.#store.clear();
  }

  #watch(): void {
    const files = this.#disposables.add(vscode.workspace.createFileSystemWatcher(manifestFiles));
    const reread = (uri: vscode.Uri): void => {
      this.#gone.delete(uri.toString());
      this.#rereads.schedule(uri.toString(), quiet);
    };
    files.onDidCreate(reread);
    files.onDidChange(reread);
    files.onDidDelete((uri) => this.#lose(uri));
    // A folder that goes is told as one event, without its files.
    const folders = this.#disposables.add(vscode.workspace.createFileSystemWatcher('**', true, true, false));
    folders.onDidDelete((uri) => this.#lose(uri));
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#readWorkspace()));
    this.#disposables.add(
      vscode.workspace.onDidRenameFiles(({ files: renamed }) => {
        if (renamed.some(({ newUri }) => !/\.ya?ml$/.test(newUri.path))) this.#readWorkspace();
      }),
    );
  }

  /** A file or folder is no longer on the disk. What is being written in the editor stays. */
  #lose(uri: vscode.Uri): void {
    const lost = uri.toString();
    const isLost = (other: string): boolean => other === lost || other.startsWith(`${lost}/`);
    const dirty = new Set(
      vscode.workspace.textDocuments
        .filter(({ isDirty }) => isDirty)
        .map((document) => document.uri.toString()),
    );
    let changed = false;
    for (const other of [...this.#store.files, ...this.#open.keys()].filter(isLost)) {
      this.#rereads.cancel(other);
      this.#lastRead.delete(other);
      if (dirty.has(other)) continue;
      if (this.#open.delete(other)) this.#gone.add(other);
      if (this.#store.delete(other)) changed = true;
    }
    if (changed) this.#changed.fire();
  }

  #forget(uri: string): void {
    if (this.#store.delete(uri)) this.#changed.fire();
  }

  #readWorkspace(): void {
    this.#reading.abort();
    const controller = new AbortController();
    this.#reading = controller;
    this.#isReading = true;
    this.#read = this.#readAll(controller.signal)
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        this.#store.setGap(`the workspace's files could not be listed: ${messageOf(error)}`);
        this.#log.warn(`Reading the workspace's YAML files failed: ${messageOf(error)}`);
      })
      .finally(() => {
        // A later reading has taken over, or the index is gone.
        if (controller.signal.aborted) return;
        this.#isReading = false;
        this.#changed.fire();
      });
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    if (vscode.workspace.workspaceFolders === undefined) {
      this.#store.setGap('no folder is open');
      return;
    }
    const started = performance.now();
    this.#store.setGap('the workspace is being read');
    const uris = await findManifests(signal);
    const queue = uris.slice(0, maximumFiles);
    const worker = async (): Promise<void> => {
      for (let uri = queue.pop(); uri && !signal.aborted; uri = queue.pop()) {
        if (this.#store.objectCount > maximumObjects) return;
        await this.#readFile(uri, signal);
      }
    };
    await Promise.all(Array.from({ length: parallelReads }, worker));
    throwIfCancelled(signal);
    // What earlier readings found in folders that are no longer part of the workspace.
    const found = new Set(uris.map(String));
    for (const other of this.#store.files) {
      if (!found.has(other) && !this.#open.has(other)) this.#store.delete(other);
    }
    const tooMany = uris.length > maximumFiles || this.#store.objectCount > maximumObjects;
    this.#store.setGap(tooMany ? `more than ${maximumFiles} files or ${maximumObjects} objects` : undefined);
    const doubt = this.#store.doubt;
    this.#log.info(
      `Read ${uris.length} YAML files with ${this.#store.objectCount} Kubernetes objects in ${Math.round(performance.now() - started)} ms` +
        (doubt === undefined ? '' : `. They may hold more: ${doubt}`),
    );
  }

  async #reread(uri: vscode.Uri): Promise<void> {
    if (isExcluded(uri) || this.#store.objectCount > maximumObjects) return;
    if (await this.#readFile(uri, this.#reading.signal)) this.#changed.fire();
  }

  /** Reads one file into the store and answers whether something changed; the last reading of a file wins. */
  async #readFile(uri: vscode.Uri, signal: AbortSignal): Promise<boolean> {
    const name = uri.toString();
    const turn = ++this.#readCount;
    this.#lastRead.set(name, turn);
    const facts = await readFacts(uri);
    const isStale = signal.aborted || this.#open.has(name) || this.#lastRead.get(name) !== turn;
    if (this.#lastRead.get(name) === turn) this.#lastRead.delete(name);
    if (isStale) return false;
    return facts === undefined ? this.#store.delete(name) : this.#store.set(name, facts);
  }
}

/**
 * Lists the workspace's YAML files. A search that is asked for while VS Code's own search starts may never be answered;
 * asked again it is.
 * @throws CancelledError
 */
async function findManifests(signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  for (const patienceMs of searchPatiencesMs) {
    throwIfCancelled(signal);
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const silence = Promise.withResolvers<undefined>();
    const timer =
      patienceMs === Infinity ? undefined : setTimeout(() => silence.resolve(undefined), patienceMs);
    try {
      const search = vscode.workspace.findFiles(manifestFiles, excluded, maximumFiles + 1, source.token);
      const uris = await Promise.race([search, silence.promise]);
      if (uris !== undefined) return uris;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      source.cancel();
      source.dispose();
    }
  }
  throw new Error('The last search takes its time');
}

function isExcluded(uri: vscode.Uri): boolean {
  return /\/(?:node_modules|\.git)\//.test(uri.path);
}
