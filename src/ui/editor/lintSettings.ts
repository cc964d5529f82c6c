import * as vscode from 'vscode';
import { isRecord } from '../../model/json.ts';
import type { LintOptions, Severity } from '../../rules/index.ts';
import { settings } from '../host/ids.ts';

export interface LintSettings {
  readonly enabled: boolean;
  /** Codes switched off, or given another severity. */
  readonly rules: NonNullable<LintOptions['rules']>;
}

const severities: ReadonlySet<unknown> = new Set<Severity | 'off'>(['error', 'warning', 'hint', 'off']);

/** The settings as they hold for a document. Values of wrong types, which VS Code marks itself, count as absent. */
export function lintSettings(uri: vscode.Uri): LintSettings {
  const configuration = vscode.workspace.getConfiguration('podNetwork', uri);
  const severity = configuration.get<unknown>(settings.lintSeverity);
  const disabled = configuration.get<unknown>(settings.lintDisabledRules);
  const rules = new Map<string, 'off' | Severity>();
  for (const [code, value] of isRecord(severity) ? Object.entries(severity) : []) {
    if (severities.has(value)) rules.set(code, value as 'off' | Severity);
  }
  for (const code of Array.isArray(disabled) ? disabled : []) {
    if (typeof code === 'string') rules.set(code, 'off');
  }
  return { enabled: configuration.get(settings.lintEnabled) !== false, rules: Object.fromEntries(rules) };
}

/** Adds a code to the switched-off rules: of the workspace if one is open, else of the user. */
export async function switchOffRule(code: string, uri: vscode.Uri | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('podNetwork', uri);
  const inspected = configuration.inspect<readonly string[]>(settings.lintDisabledRules);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const before = (inWorkspace ? inspected?.workspaceValue : inspected?.globalValue) ?? [];
  if (before.includes(code)) return;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(settings.lintDisabledRules, [...before, code], target);
}
