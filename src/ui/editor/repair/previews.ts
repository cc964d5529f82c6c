import * as vscode from 'vscode';
import type { Disposable } from '../../../base/event.ts';
import { ComparedTexts, showComparison } from '../../host/comparedTexts.ts';

/** Repaired texts, shown beside the documents that they came from. They live as long as they are open. */
export class RepairPreviews implements Disposable {
  readonly #texts = new ComparedTexts('podnetwork-repair');

  dispose(): void {
    this.#texts.dispose();
  }

  /** Shows the document as it is beside the repaired text; answers the tab's title. */
  async compare(document: vscode.TextDocument, repaired: string): Promise<string> {
    const name = document.uri.path.split('/').at(-1) ?? '';
    const title = vscode.l10n.t('{0}: as it is ↔ repaired', name);
    // A document that was not saved yet has no ending to tell its language by.
    const file = /\.ya?ml$/i.test(name) ? name : `${name}.yaml`;
    await showComparison(document.uri, this.#texts.add(file, repaired), title);
    return title;
  }
}
