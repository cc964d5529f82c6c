import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { MatrixRuns } from '../../probe/matrix/runs.ts';
import { kubectlCommand } from '../../probe/report.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { configuration } from '../host/configuration.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { commands, contextKeys, views } from '../host/ids.ts';
import type { CheckResults } from '../host/checkResults.ts';
import type { MatrixMaker } from '../host/matrixMaker.ts';
import type { Observations } from '../host/observations.ts';
import { openCluster } from '../host/openCluster.ts';
import type { ProbedConnections } from '../host/probedConnections.ts';
import type { Session } from '../host/session.ts';
import { asksConnection, type CheckQuestion, type FinishedCheck } from './checkEntry.ts';
import { CheckHistory } from './checkHistory.ts';
import { AllCheckResults } from './checkResults.ts';
import { ChecksTree } from './checksTree.ts';
import { findCheck, findRunning } from './findCheck.ts';
import { reachableChecks } from './reachableChecks.ts';
import { ReportDocuments } from './reportDocuments.ts';
import { reportText } from './reportText.ts';
import { registerSets } from './sets.ts';

/**
 * Registers the Checks view, the reports and the commands that make and read checks. What asks and runs is loaded when
 * a command needs it.
 */
export function registerChecks(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  readonly memory: vscode.Memento;
  readonly probed: ProbedConnections;
}): Disposable & {
  readonly tree: ChecksTree;
  readonly reachable: Observations;
  readonly results: CheckResults;
  readonly matrices: MatrixMaker;
} {
  const { commands: registry, session } = parts;
  const store = new DisposableStore();
  const history = store.add(new CheckHistory(parts.memory, () => configuration.historySize()));
  const tree = store.add(new ChecksTree(history));
  const view = store.add(vscode.window.createTreeView(views.checks, { treeDataProvider: tree }));
  const reports = store.add(new ReportDocuments(history));
  const matrixRuns = store.add(new MatrixRuns());
  const results = store.add(new AllCheckResults(history, matrixRuns, parts.probed));
  const showCount = (): void => setContextKey(contextKeys.hasChecks, history.entries.length > 0);
  store.add(history.onDidChange(showCount));
  showCount();

  /** Makes checks while the cluster is held open, and shows the report of the one that tells most. */
  const make = async (
    work: (cluster: Cluster) => Promise<readonly FinishedCheck[]>,
  ): Promise<readonly CheckRecord[]> => {
    const cluster = await openCluster(session);
    const watch = cluster.connection.watch();
    try {
      const finished = await work(cluster);
      const shown = finished.find(({ record }) => record.verdict !== 'reachable') ?? finished[0];
      if (shown !== undefined) {
        const item = view.visible ? tree.itemOf(shown.id) : undefined;
        if (item) await view.reveal(item, { select: true, focus: false });
        await reports.open(shown);
      }
      if (finished.length > 1) saySum(finished);
      return finished.map(({ record }) => record);
    } finally {
      watch.dispose();
    }
  };
  const run = (
    ask: (connection: ClusterConnection) => Promise<readonly CheckQuestion[]>,
  ): Promise<readonly CheckRecord[]> =>
    make(async (cluster) => {
      const { runChecks } = await import('./runCheck.ts');
      return runChecks(cluster, history, await ask(cluster.connection));
    });
  const makeOfVolume = (argument: unknown): Promise<readonly CheckRecord[]> =>
    make(async (cluster) => (await import('./testVolume.ts')).testVolume(cluster, history, argument));

  registry.register(commands.testPodToPod, async (argument) => {
    const { askPodToPod } = await import('./askPodToPod.ts');
    const records = await run(async (connection) => [await askPodToPod(connection, argument)]);
    return records[0];
  });
  registry.register(commands.testService, (argument) =>
    run(async (connection) => (await import('./ask/service.ts')).askService(connection, argument)),
  );
  registry.register(commands.testLocalhost, (argument) =>
    run(async (connection) => (await import('./ask/localhost.ts')).askLocalhost(connection, argument)),
  );
  registry.register(commands.testAddress, (argument) =>
    run(async (connection) => (await import('./ask/address.ts')).askAddress(connection, argument)),
  );
  registry.register(commands.testDns, (argument) =>
    run(async (connection) => (await import('./ask/address.ts')).askDns(connection, argument)),
  );
  registry.register(commands.testFromHere, (argument) =>
    run(async (connection) => (await import('./ask/fromHere.ts')).askFromHere(connection, argument)),
  );
  registry.register(commands.testVolume, (argument) => makeOfVolume(argument));
  registry.register(commands.runCheckAgain, async (item) => {
    const earlier = await findCheck(history, item);
    const [, namespace, pod, volume] = earlier.volume?.split('/') ?? [];
    const records =
      volume === undefined
        ? await run(async (connection) => [
            await (await import('./askAgain.ts')).askAgain(connection, earlier),
          ])
        : await makeOfVolume({ namespace, pod, volume });
    return records[0];
  });
  store.add(registerSets({ registry, session, matrixRuns }));
  registry.register(commands.openReport, async (item) => reports.open(await findCheck(history, item)));
  registry.register(commands.explainCheck, async (item) => {
    const check = await findCheck(history, item);
    if (!asksConnection(check)) {
      throw new ExplainedError(
        'no-connection',
        vscode.l10n.t('This check is not of a connection, so there is no way to explain'),
        { remedy: vscode.l10n.t('Its report says what was found.') },
      );
    }
    const { from, to } = check.record;
    const { context } = check;
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
  registry.register(commands.clearChecks, () => {
    history.clear();
    results.clear();
  });
  return {
    tree,
    matrices: {
      runs: matrixRuns,
      checkAgain: async (from, to, signal) => {
        const cluster = await openCluster(session);
        const watch = cluster.connection.watch();
        try {
          const { recheck } = await import('./matrix/recheck.ts');
          return await recheck(cluster, from, to, signal);
        } finally {
          watch.dispose();
        }
      },
    },
    reachable: () => reachableChecks(history.entries, matrixRuns.runs),
    results,
    dispose: () => store.dispose(),
  };
}

/** One report of several is open: the rest stands in the Checks view. */
function saySum(finished: readonly FinishedCheck[]): void {
  const reachable = finished.filter(({ record }) => record.verdict === 'reachable').length;
  const text = vscode.l10n.t(
    '{0} of {1} reachable; all of them are in the Checks view.',
    reachable,
    finished.length,
  );
  void vscode.window.showInformationMessage(text);
}

async function copied(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${message}`, 3000);
}
