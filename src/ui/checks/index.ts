import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { configuration } from '../host/configuration.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { commands, contextKeys, views } from '../host/ids.ts';
import type { Observations } from '../host/observations.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import { askAgain } from './askAgain.ts';
import { askPodToPod } from './askPodToPod.ts';
import { CheckHistory } from './checkHistory.ts';
import { ChecksTree } from './checksTree.ts';
import { findCheck, findRunning } from './findCheck.ts';
import { reachableChecks } from './reachableChecks.ts';
import { ReportDocuments } from './reportDocuments.ts';
import { reportText } from './reportText.ts';
import { runCheck } from './runCheck.ts';
import type { CheckQuestion } from './checkEntry.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { kubectlCommand } from '../../probe/report.ts';

/** Registers the Checks view, the reports and the commands that make and read checks. */
export function registerChecks(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  readonly memory: vscode.Memento;
}): Disposable & { readonly tree: ChecksTree; readonly reachable: Observations } {
  const { commands: registry, session } = parts;
  const store = new DisposableStore();
  const history = store.add(new CheckHistory(parts.memory, () => configuration.historySize()));
  const tree = store.add(new ChecksTree(history));
  const view = store.add(vscode.window.createTreeView(views.checks, { treeDataProvider: tree }));
  const reports = store.add(new ReportDocuments(history));
  const showCount = (): void => setContextKey(contextKeys.hasChecks, history.entries.length > 0);
  store.add(history.onDidChange(showCount));
  showCount();

  /** Makes the check that `ask` comes up with, while the cluster is held open, and shows its report. */
  const run = async (
    ask: (connection: ClusterConnection) => Promise<CheckQuestion>,
  ): Promise<CheckRecord> => {
    const cluster = await openCluster(session);
    const watch = cluster.connection.watch();
    try {
      const finished = await runCheck(cluster, history, await ask(cluster.connection));
      const item = view.visible ? tree.itemOf(finished.id) : undefined;
      if (item) await view.reveal(item, { select: true, focus: false });
      await reports.open(finished);
      return finished.record;
    } finally {
      watch.dispose();
    }
  };

  registry.register(commands.testPodToPod, (argument) =>
    run((connection) => askPodToPod(connection, argument)),
  );
  registry.register(commands.runCheckAgain, async (item) => {
    const earlier = await findCheck(history, item);
    return run((connection) => askAgain(connection, earlier));
  });
  registry.register(commands.openReport, async (item) => reports.open(await findCheck(history, item)));
  registry.register(commands.explainCheck, async (item) => {
    const { record, context } = await findCheck(history, item);
    const { from, to } = record;
    return vscode.commands.executeCommand(commands.explainConnection, { from, to, context });
  });
  registry.register(commands.copyReport, async (item) => {
    await copied(reportText(await findCheck(history, item)), vscode.l10n.t('Copied the report'));
  });
  registry.register(commands.copyKubectlCommand, async (item) => {
    const { record, context } = await findCheck(history, item);
    const command = kubectlCommand(record, context);
    if (command === undefined) {
      throw new ExplainedError('no-command', vscode.l10n.t('This check ran no command'));
    }
    await copied(command, vscode.l10n.t('Copied the kubectl command'));
  });
  registry.register(commands.cancelCheck, (item) => findRunning(history, item)?.cancel());
  registry.register(commands.removeCheck, async (item) =>
    history.remove((await findCheck(history, item)).id),
  );
  registry.register(commands.clearChecks, () => history.clear());
  return { tree, reachable: () => reachableChecks(history), dispose: () => store.dispose() };
}

async function copied(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${message}`, 3000);
}
