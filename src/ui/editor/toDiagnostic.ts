import * as vscode from 'vscode';
import type { Finding, Severity } from '../../rules/index.ts';
import { toRange } from './convert.ts';
import { tags } from './tags.ts';

const source = 'Pod Network';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  // VS Code's own "hint" is missing from the Problems view.
  hint: vscode.DiagnosticSeverity.Information,
};

/** The page that explains a code. */
export function pageOf(code: string, docs: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(docs, 'rules', `${code}.md`);
}

/** @param docs the extension's docs folder. */
export function toDiagnostic(
  finding: Finding,
  document: vscode.TextDocument,
  docs: vscode.Uri,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(finding.range),
    finding.message,
    severities[finding.severity],
  );
  diagnostic.source = source;
  diagnostic.code = { value: finding.code, target: pageOf(finding.code, docs) };
  diagnostic.relatedInformation = finding.related.map(
    ({ file, range, message }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(file === undefined ? document.uri : vscode.Uri.parse(file, true), toRange(range)),
        message,
      ),
  );
  const tag = tags.get(finding.code);
  if (tag !== undefined) diagnostic.tags = [vscode.DiagnosticTag[tag]];
  return diagnostic;
}

/** The code of a diagnostic of ours; undefined for those of others. */
export function codeOf(diagnostic: vscode.Diagnostic): string | undefined {
  if (diagnostic.source !== source || typeof diagnostic.code !== 'object') return undefined;
  return String(diagnostic.code.value);
}

/** Said where the checks themselves broke, so that the file does not look clean. */
export function failureDiagnostic(message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(0, 0, 0, 1),
    vscode.l10n.t(
      'This file could not be checked: {0}. The log has more (command "Show Log"); please report it.',
      message,
    ),
    vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = source;
  return diagnostic;
}
