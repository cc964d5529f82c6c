import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands } from '../host/ids.ts';

export interface EditorParts {
  readonly log: vscode.LogOutputChannel;
  readonly commands: CommandRegistry;
  /** The extension's docs folder, which holds `rules/CODE.md`. */
  readonly docs: vscode.Uri;
}

/**
 * Help for YAML: diagnostics, fixes and the rest. Registers next to nothing until the first YAML document is
 * open; only then are the parser and the rules loaded.
 */
export function registerEditor(parts: EditorParts): Disposable {
  const store = new DisposableStore();
  parts.commands.register(commands.explainRule, async (code) => {
    const { pickRule } = await import('./pickRule.ts');
    const { pageOf } = await import('./toDiagnostic.ts');
    const page = pageOf(await pickRule(code, vscode.l10n.t('Explain Rule')), parts.docs);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  });
  parts.commands.register(commands.switchOffRule, async (code, uri) => {
    const { pickRule } = await import('./pickRule.ts');
    const { switchOffRule } = await import('./lintSettings.ts');
    const picked = await pickRule(code, vscode.l10n.t('Switch Off Rule'));
    await switchOffRule(picked, uri instanceof vscode.Uri ? uri : undefined);
  });
  const isYaml = (document: vscode.TextDocument): boolean => document.languageId === 'yaml';
  const opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isYaml(document)) start();
  });
  store.add(opened);
  const start = (): void => {
    opened.dispose();
    import('./startEditor.ts').then(
      ({ startEditor }) => store.add(startEditor(parts)),
      (error: unknown) => parts.log.error(`The help for YAML could not be loaded: ${messageOf(error)}`),
    );
  };
  if (vscode.workspace.textDocuments.some(isYaml)) start();
  return store;
}
