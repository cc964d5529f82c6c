import type * as vscode from 'vscode';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands } from '../host/ids.ts';
import type { PracticeLab } from '../host/practiceLab.ts';
import type { RevealObject } from '../host/revealObject.ts';
import type { Session } from '../host/session.ts';
import type { TreeOptions } from '../host/treeOptions.ts';
import { copyAddress } from './copyAddress.ts';
import { copyClusterIp } from './copyClusterIp.ts';
import { copyDnsName } from './copyDnsName.ts';
import { copyIp } from './copyIp.ts';
import { explainCluster } from './explainCluster.ts';
import { resetLab, startLab, stopLab } from './lab.ts';
import { openTerminal } from './openTerminal.ts';
import { refresh, retry } from './refresh.ts';
import { selectContext } from './selectContext.ts';
import { selectNamespaces } from './selectNamespaces.ts';
import { startScenario } from './startScenario.ts';

/** Registers the commands about the cluster, its objects and the practice lab. */
export function registerCommands(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  readonly lab: PracticeLab;
  readonly log: vscode.LogOutputChannel;
  readonly treeOptions: TreeOptions;
  readonly reveal: RevealObject;
}): void {
  const { commands: registry, session, lab, log, treeOptions, reveal } = parts;
  registry.register(commands.selectContext, () => selectContext(session));
  registry.register(commands.selectNamespaces, () => selectNamespaces(session));
  registry.register(commands.refresh, () => refresh(session));
  registry.register(commands.search, async () =>
    (await import('./search.ts')).search(session, treeOptions, reveal),
  );
  registry.register(commands.filter, async () => (await import('./search.ts')).filterTree(treeOptions));
  registry.register(commands.clearFilter, () => {
    treeOptions.filter = '';
  });
  registry.register(commands.groupByNamespace, () => treeOptions.showTogether(false));
  registry.register(commands.groupTogether, () => treeOptions.showTogether(true));
  registry.register(commands.retry, () => retry(session));
  registry.register(commands.explainCluster, () => explainCluster(session, log));
  registry.register(commands.showLog, () => log.show());
  registry.register(commands.copyIp, (item) => copyIp(session, item));
  registry.register(commands.copyAddress, (item) => copyAddress(item));
  registry.register(commands.copyDnsName, (item) => copyDnsName(session, item));
  registry.register(commands.copyClusterIp, (item) => copyClusterIp(session, item));
  registry.register(commands.openTerminal, (item) => openTerminal(session, item));
  registry.register(commands.startLab, () => startLab(session));
  registry.register(commands.startScenario, () => startScenario(session, lab));
  registry.register(commands.resetLab, () => resetLab(session, lab));
  registry.register(commands.stopLab, () => stopLab(session, lab));
}
