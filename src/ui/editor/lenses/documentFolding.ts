import * as vscode from 'vscode';
import { foldsOf } from '../../../manifest/folding.ts';
import type { OpenManifests } from '../openManifests.ts';

/** Folds the documents of a manifest, and the blocks within. Other YAML keeps VS Code's own folding. */
export class DocumentFolding implements vscode.FoldingRangeProvider {
  readonly #manifests: OpenManifests;

  constructor(manifests: OpenManifests) {
    this.#manifests = manifests;
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] | undefined {
    if (this.#manifests.read(document).kind !== 'kubernetes') return undefined;
    return foldsOf(document.getText()).map(
      ({ start, end, kind }) =>
        new vscode.FoldingRange(start, end, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined),
    );
  }
}
