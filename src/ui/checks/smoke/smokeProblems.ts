import * as vscode from 'vscode';
import type { Disposable } from '../../../base/event.ts';
import { manyLines } from '../../../base/hostileText.ts';
import { expectationText } from '../../../probe/smoke/report.ts';
import type { SmokeResult } from '../../../probe/smoke/run.ts';
import { meets, type SmokeProblem, type SmokeRange } from '../../../probe/smoke/schema.ts';
import { say } from '../../host/say.ts';
import { summaryText } from '../../host/verdictText.ts';

const source = 'podnet';

/** What is wrong with a podnet.yaml, or with the cluster by it, in the Problems view. */
export class SmokeProblems implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(source);
  readonly #subscription: vscode.Disposable;

  constructor() {
    // What was found out belongs to the text that was checked.
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#collection.delete(document.uri);
    });
  }

  showWrong(uri: vscode.Uri, problems: readonly SmokeProblem[]): void {
    this.#collection.set(
      uri,
      problems.map(({ message, range }) => diagnostic(range, message, vscode.DiagnosticSeverity.Error)),
    );
  }

  showResults(uri: vscode.Uri, results: readonly SmokeResult[]): void {
    const { Error, Warning } = vscode.DiagnosticSeverity;
    this.#collection.set(
      uri,
      results.flatMap((result) => {
        if (result.is === 'passed') return [];
        const wrong = result.records.find((record) => meets(result.check, record) !== true);
        const said =
          result.message || (wrong === undefined ? '' : `${wrong.from} → ${wrong.to}. ${summaryText(wrong)}`);
        const text = vscode.l10n.t('Expected {0}. {1}', expectationText(result.check, say), said);
        return [diagnostic(result.check.range, text, result.is === 'failed' ? Error : Warning)];
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#collection.dispose();
  }
}

function diagnostic(
  range: SmokeRange,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const { start, end } = range;
  const place = new vscode.Range(start.line, start.character, end.line, end.character);
  const found = new vscode.Diagnostic(place, manyLines(message, 1_000), severity);
  found.source = source;
  return found;
}
