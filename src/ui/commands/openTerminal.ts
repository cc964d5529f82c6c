import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { pick } from '../host/pickOne.ts';
import { containerChoices, runningContainers } from '../host/podChoices.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import { subjectOf, type Subject } from '../host/subject.ts';
import { oneLine } from '../../base/hostileText.ts';
import { ContainerTerminal } from './containerTerminal.ts';

/** Opens a terminal in a container; asks which where the menu's item leaves it open. */
export async function openTerminal(session: Session, argument: unknown): Promise<void> {
  const cluster = await openCluster(session);
  const target = await targetOf(cluster, subjectOf(argument));
  await mayOrExplain(cluster, needs.exec(target.namespace));
  const terminal = vscode.window.createTerminal({
    name: oneLine(`${target.pod}/${target.container}`, 80),
    pty: new ContainerTerminal(cluster.terminals, target),
    iconPath: new vscode.ThemeIcon('package'),
    // A terminal restored after a reload would have lost its process.
    isTransient: true,
  });
  terminal.show();
}

async function targetOf(cluster: Cluster, subject: Subject | undefined): Promise<ContainerRef> {
  if (subject?.is === 'container') {
    return { namespace: subject.namespace, pod: subject.pod, container: subject.container };
  }
  const { connection } = cluster;
  if (subject?.is !== 'pod') {
    return ask(async (signal) => containerChoices(await connection.whenRead(signal)));
  }
  const pod = connection.snapshot.get('Pod', subject.namespace, subject.name);
  const containers = pod === undefined ? [] : runningContainers(pod);
  const [only] = containers;
  if (pod === undefined || only === undefined) {
    throw new ExplainedError(
      'nothing-runs',
      vscode.l10n.t('No container of the pod {0} is running', subject.name),
      { remedy: vscode.l10n.t('A terminal needs a running container.') },
    );
  }
  if (containers.length === 1) {
    return { namespace: pod.namespace, pod: pod.name, container: only.name };
  }
  return ask(() => Promise.resolve(containerChoices(connection.snapshot, [pod])));
}

function ask(load: Parameters<typeof pick<ContainerRef>>[0]['load']): Promise<ContainerRef> {
  return pick({
    title: vscode.l10n.t('Open Terminal'),
    placeholder: vscode.l10n.t('Choose a container'),
    nothing: vscode.l10n.t('No container is running'),
    load,
  });
}
