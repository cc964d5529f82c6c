import * as vscode from 'vscode';
import { oneLine } from '../../../base/hostileText.ts';
import { DisposableStore, type Disposable } from '../../../base/event.ts';
import { placeOfField } from '../../../manifest/fieldPlace.ts';
import { toRange } from '../convert.ts';
import type { Planned } from './plan.ts';
import type { RefusedField } from './rehearse.ts';

/** Something a server refused, or that was never sent. */
export interface Refusal extends Pick<Planned, 'source'> {
  readonly message: string;
  readonly causes: readonly RefusedField[];
}

/** The server's refusals as diagnostics at the fields it names, until the text changes or is applied again. */
export class Refusals implements Disposable {
  readonly #store = new DisposableStore();
  readonly #diagnostics = this.#store.add(vscode.languages.createDiagnosticCollection('podNetworkServer'));

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
      }),
    );
    this.#store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#diagnostics.delete(uri)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Replaces what was shown of the document. @param version of the text that was sent. */
  show(document: vscode.TextDocument, version: number, refusals: readonly Refusal[]): void {
    if (document.version !== version) return;
    this.#diagnostics.set(document.uri, refusals.flatMap(diagnosticsOf));
  }
}

function diagnosticsOf({ source, message, causes }: Refusal): readonly vscode.Diagnostic[] {
  if (source === undefined) return [];
  const all = causes.length > 0 ? causes : [{ field: '', message }];
  return all.map((cause) => {
    const said = cause.field === '' ? cause.message : `${cause.field}: ${cause.message}`;
    const diagnostic = new vscode.Diagnostic(
      toRange(placeOfField(source, cause.field)),
      oneLine(vscode.l10n.t('The server refuses this: {0}', said), 1_000),
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'Pod Network (server)';
    return diagnostic;
  });
}
