import * as vscode from 'vscode';
import { choosePreferred, type Finding, type TextEdit } from '../../rules/index.ts';
import { commands } from '../host/ids.ts';
import { toRange, toTextEdits } from './convert.ts';
import type { DocumentLinter } from './documentLinter.ts';
import { ignoreComment } from './ignoreComment.ts';
import type { OpenManifests } from './openManifests.ts';
import { codeOf } from './toDiagnostic.ts';

/** `editor.codeActionsOnSave` takes this name, or its parent `source.fixAll`. */
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('podNetwork');

/** Offers the rules' fixes, the same for a whole file, and the ways to switch a rule off. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  };

  readonly #linter: DocumentLinter;
  readonly #manifests: OpenManifests;

  constructor(linter: DocumentLinter, manifests: OpenManifests) {
    this.#linter = linter;
    this.#manifests = manifests;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const findings = this.#linter.findingsOf(document);
    if (context.only?.contains(vscode.CodeActionKind.QuickFix) === false) {
      return fixAllKind.contains(context.only) || context.only.contains(fixAllKind)
        ? this.#fixEverything(document, findings)
        : [];
    }
    return context.diagnostics.flatMap((diagnostic) => this.#forDiagnostic(document, diagnostic, findings));
  }

  #forDiagnostic(
    document: vscode.TextDocument,
    diagnostic: vscode.Diagnostic,
    findings: readonly Finding[],
  ): vscode.CodeAction[] {
    const code = codeOf(diagnostic);
    const finding = findings.find(
      (candidate) =>
        candidate.code === code &&
        candidate.message === diagnostic.message &&
        toRange(candidate.range).isEqual(diagnostic.range),
    );
    if (code === undefined || finding === undefined) return [];
    const actions = finding.fixes.map((fix) => {
      const action = edit(document, fix.title, fix.edits);
      action.isPreferred = fix.preferred === true;
      return action;
    });
    const same = choosePreferred(findings.filter((other) => other.code === code));
    if (same.length > 1) {
      const title = vscode.l10n.t('Fix all {0} of {1} in this file', same.length, code);
      actions.push(edit(document, title, editsOf(same)));
    }
    const file = this.#manifests.read(document);
    actions.push(
      edit(document, vscode.l10n.t('Ignore {0} here', code), [ignoreComment(file, finding)]),
      command(vscode.l10n.t('Switch off {0} (setting)', code), commands.switchOffRule, [code, document.uri]),
      command(vscode.l10n.t('Explain {0}', code), commands.explainRule, [code]),
    );
    for (const action of actions) action.diagnostics = [diagnostic];
    return actions;
  }

  #fixEverything(document: vscode.TextDocument, findings: readonly Finding[]): vscode.CodeAction[] {
    const chosen = choosePreferred(findings);
    if (chosen.length === 0) return [];
    const action = edit(document, vscode.l10n.t('Fix all that is safe to fix'), editsOf(chosen));
    action.kind = fixAllKind;
    return [action];
  }
}

function editsOf(chosen: ReturnType<typeof choosePreferred>): readonly TextEdit[] {
  return chosen.flatMap(({ fix }) => fix.edits);
}

function edit(document: vscode.TextDocument, title: string, edits: readonly TextEdit[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, toTextEdits(edits));
  return action;
}

function command(title: string, id: string, args: readonly unknown[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: id, arguments: [...args] };
  return action;
}
