import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { contextKeys } from '../host/ids.ts';
import { Debouncer } from './debouncer.ts';
import { isWritten } from './documents.ts';
import type { OpenManifests } from './openManifests.ts';

/** How long the text must be quiet before it is looked at again, in milliseconds. */
const quiet = 300;

/** Keeps the `when` clause `podNetwork.manifest`: whether the active editor holds Kubernetes objects. */
export class ManifestContext implements Disposable {
  readonly #manifests: OpenManifests;
  readonly #store = new DisposableStore();
  readonly #later = this.#store.add(new Debouncer<'look'>(() => this.#look()));

  constructor(manifests: OpenManifests) {
    this.#manifests = manifests;
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(() => this.#look()));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.#later.schedule('look', quiet);
      }),
    );
    this.#look();
  }

  dispose(): void {
    this.#store.dispose();
    setContextKey(contextKeys.manifest, false);
  }

  #look(): void {
    const document = vscode.window.activeTextEditor?.document;
    const holds =
      document !== undefined && isWritten(document) && this.#manifests.read(document).objects.length > 0;
    setContextKey(contextKeys.manifest, holds);
  }
}
