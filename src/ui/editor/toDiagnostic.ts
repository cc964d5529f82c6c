import * as vscode from 'vscode';
import type { Finding, Severity } from '../../rules/index.ts';
import { toRange } from './convert.ts';

export const source = 'Pod Network';

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
  const tags = tagsOf(finding.code);
  if (tags.length > 0) diagnostic.tags = [...tags];
  return diagnostic;
}

/** The code of a diagnostic of ours; undefined for those of others. */
export function codeOf(diagnostic: vscode.Diagnostic): string | undefined {
  if (diagnostic.source !== source || typeof diagnostic.code !== 'object') return undefined;
  return String(diagnostic.code.value);
}

function tagsOf(code: string): readonly vscode.DiagnosticTag[] {
  if (/(?:^|-)(?:deprecated|removed|gone)(?:-|$)/.test(code)) return [vscode.DiagnosticTag.Deprecated];
  if (/(?:^|-)(?:ignored|unused|unmounted)(?:-|$)/.test(code)) return [vscode.DiagnosticTag.Unnecessary];
  return [];
}
