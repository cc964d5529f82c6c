import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';

/** Texts that are shown beside others, in a scheme of their own. They live as long as they are open. */
export class ComparedTexts implements vscode.TextDocumentContentProvider, Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #store = new DisposableStore();
  #count = 0;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.toString());
      }),
    );
  }

  /** @param name what the editor's tab says; its ending tells the language. */
  add(name: string, text: string): vscode.Uri {
    this.#count += 1;
    const path = `/${this.#count}/${name.replaceAll('/', '-')}`;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#store.dispose();
    this.#texts.clear();
  }
}

/** Opens a comparison. The focus stays where it is. */
export async function showComparison(before: vscode.Uri, after: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', before, after, title, {
    preview: true,
    preserveFocus: true,
  });
}
