import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { ApplyActions } from './apply/applyActions.ts';
import type { RepairCommand } from './repair/repairCommand.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands } from '../host/ids.ts';
import type { Observations } from '../host/observations.ts';
import type { RevealObject } from '../host/revealObject.ts';
import type { Session } from '../host/session.ts';

export interface EditorParts {
  readonly log: vscode.LogOutputChannel;
  readonly commands: CommandRegistry;
  /** The extension's docs folder, which holds `rules/CODE.md`. */
  readonly docs: vscode.Uri;
  readonly session: Session;
  readonly reveal: RevealObject;
  readonly observations: Observations;
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
  registerApply(parts, store);
  let repair: Promise<RepairCommand> | undefined;
  parts.commands.register(commands.repairManifest, async (uri) => {
    repair ??= import('./repair/repairCommand.ts').then(({ RepairCommand: Command }) =>
      store.add(new Command()),
    );
    await (await repair).run(uri);
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

/** The commands that send manifests to a cluster; loaded when the first of them is used. */
function registerApply(parts: EditorParts, store: DisposableStore): void {
  let loaded: Promise<ApplyActions> | undefined;
  const actions = (): Promise<ApplyActions> =>
    (loaded ??= import('./apply/applyActions.ts').then(({ ApplyActions: Actions }) =>
      store.add(new Actions(parts)),
    ));
  parts.commands.register(commands.applyFile, async (uri) => (await actions()).apply('file', uri));
  parts.commands.register(commands.applyDocument, async (uri, line) =>
    (await actions()).apply('documents', uri, line),
  );
  parts.commands.register(commands.deleteDocument, async (uri, line) => (await actions()).delete(uri, line));
  parts.commands.register(commands.createFromSelection, async () => (await actions()).createFromSelection());
  parts.commands.register(commands.showInCluster, async (object) => (await actions()).show(object));
}
