import * as vscode from 'vscode';
import { DisposableStore } from './base/event.ts';
import { useTranslations } from './base/l10n.ts';
import { registerChecks } from './ui/checks/index.ts';
import { registerCommands } from './ui/commands/index.ts';
import { registerEditor } from './ui/editor/index.ts';
import { registerExplain } from './ui/explain/index.ts';
import { registerLanguageModelTools } from './ui/languageModel/index.ts';
import { registerMap } from './ui/map/index.ts';
import { registerMatrix } from './ui/matrix/index.ts';
import { registerObjects } from './ui/objects/index.ts';
import { ClusterView } from './ui/explorer/clusterView.ts';
import { Choices } from './ui/host/choices.ts';
import { CommandRegistry } from './ui/host/commandRegistry.ts';
import { configuration } from './ui/host/configuration.ts';
import { setContextKey } from './ui/host/contextKeys.ts';
import { contextKeys } from './ui/host/ids.ts';
import { TreeOptions } from './ui/host/treeOptions.ts';
import { PracticeLab } from './ui/host/practiceLab.ts';
import { ProbedConnections } from './ui/host/probedConnections.ts';
import { Session } from './ui/host/session.ts';
import { StatusBar } from './ui/host/statusBar.ts';
import { testTree, type TestApi } from './ui/host/testApi.ts';

/** Puts the parts together. Contacts nothing and loads no client: the session does when a view or command asks. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  useTranslations(vscode.l10n.bundle);
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(vscode.window.createOutputChannel('Pod Network Explorer', { log: true }));
  const commands = store.add(new CommandRegistry(log));
  const lab = store.add(new PracticeLab(context.asAbsolutePath('dist/lab.js'), log));
  store.add(lab.onDidChange(() => setContextKey(contextKeys.labRunning, lab.isRunning)));
  const session = store.add(
    new Session({
      choices: new Choices(context.workspaceState),
      lab,
      openKubeconfig: async (kubeconfig) =>
        (await import('./connect.ts')).openKubeconfig(kubeconfig, log, () => configuration.proxy()),
      log,
    }),
  );
  store.add(new StatusBar(session));
  const treeOptions = store.add(new TreeOptions(context.workspaceState));
  const clusterView = store.add(new ClusterView(session, treeOptions, log));
  registerCommands({
    commands,
    session,
    lab,
    log,
    treeOptions,
    reveal: (object) => clusterView.reveal(object),
  });
  store.add(
    registerObjects({
      commands,
      session,
      outline: async () => (await import('./ui/explorer/outline.ts')).outlineOf,
    }),
  );
  const probed = store.add(new ProbedConnections());
  const checks = store.add(registerChecks({ commands, session, memory: context.workspaceState, probed }));
  const matrices = store.add(
    registerMatrix({
      commands,
      session,
      maker: checks.matrices,
      log,
      extensionUri: context.extensionUri,
      storage: context.storageUri ?? context.globalStorageUri,
    }),
  );
  store.add(registerLanguageModelTools({ session, log }));
  store.add(registerExplain({ commands, session, log, probed, extensionUri: context.extensionUri }));
  store.add(
    registerMap({
      commands,
      session,
      log,
      extensionUri: context.extensionUri,
      reveal: (object) => clusterView.reveal(object),
      checks: checks.results,
      judge: async () => (await import('./ui/explorer/judge.ts')).judge,
    }),
  );
  store.add(
    registerEditor({
      log,
      commands,
      docs: vscode.Uri.joinPath(context.extensionUri, 'docs'),
      session,
      reveal: (object) => clusterView.reveal(object),
      observations: checks.reachable,
    }),
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { cluster: testTree(clusterView.tree), checks: testTree(checks.tree), matrices };
}
