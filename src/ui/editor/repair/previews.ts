import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/event.ts';

/** The scheme of the read-only texts that a document is compared with before it is repaired. */
const scheme = 'podnetwork-repair';

/** Repaired texts, shown beside the documents that they came from. They live as long as they are open. */
export class RepairPreviews implements vscode.TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #store = new DisposableStore();
  #count = 0;

  constructor() {
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.toString());
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
    this.#texts.clear();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Shows the document as it is beside the repaired text; answers the tab's title. */
  async compare(document: vscode.TextDocument, repaired: string): Promise<string> {
    const name = document.uri.path.split('/').at(-1) ?? '';
    this.#count += 1;
    const after = vscode.Uri.from({ scheme, path: `/${this.#count}/${name}` });
    this.#texts.set(after.toString(), repaired);
    const title = vscode.l10n.t('{0}: as it is ↔ repaired', name);
    await vscode.commands.executeCommand('vscode.diff', document.uri, after, title, {
      preview: true,
      preserveFocus: true,
    });
    return title;
  }
}
