import * as vscode from 'vscode';
import { commands } from '../../host/ids.ts';
import { codeOf } from '../toDiagnostic.ts';

/** Findings that mean that a text lost its structure, or never was YAML. */
const damage = new Set(['lost-indentation', 'lost-line-breaks', 'yaml-syntax', 'lesson-arrow']);

/** Offers "Repair Manifest" where a finding says that the text is damaged. */
export class RepairActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const found = diagnostics.filter((diagnostic) => damage.has(codeOf(diagnostic) ?? ''));
    if (found.length === 0) return [];
    const title = vscode.l10n.t('Repair Manifest…');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: commands.repairManifest, arguments: [document.uri] };
    action.diagnostics = found;
    action.isPreferred = found.some((diagnostic) => codeOf(diagnostic)?.startsWith('lost-') === true);
    return [action];
  }
}
