import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { Container, Pod } from '../../model/objects.ts';
import type { LogRequest } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { configuration } from '../host/configuration.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { podChoices } from '../host/podChoices.ts';
import type { Session } from '../host/session.ts';
import { subjectOf, type Subject } from '../host/subject.ts';
import { LogTerminal, mostStreams } from './logTerminal.ts';

type Which = 'present' | 'previous';

/**
 * Follows the log of a container, of all containers of a pod, or of all pods behind a service; or shows the log of the
 * run before, which has ended.
 */
export async function showLogs(session: Session, argument: unknown, which: Which): Promise<void> {
  const cluster = await openCluster(session);
  const subject = subjectOf(argument) ?? (await askPod(cluster));
  const { name, namespace, containers } = containersOf(cluster.connection.snapshot, subject, which);
  await mayOrExplain(cluster, needs.logs(namespace));
  const shown = containers.slice(0, mostStreams);
  if (shown.length < containers.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The logs of {0} of {1} containers are followed.', shown.length, containers.length),
    );
  }
  const terminal = vscode.window.createTerminal({
    name: oneLine(vscode.l10n.t('Log: {0}', name), 80),
    pty: new LogTerminal(
      cluster.logs,
      shown.map((container) => requestOf(container, which)),
    ),
    iconPath: new vscode.ThemeIcon('output'),
    isTransient: true,
  });
  terminal.show(true);
}

interface Logged {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

function requestOf({ namespace, pod, container }: Logged, which: Which): LogRequest {
  return {
    namespace,
    pod,
    container,
    previous: which === 'previous',
    follow: which === 'present',
    tailLines: configuration.logLines(),
    timestamps: configuration.logTimestamps(),
  };
}

async function askPod(cluster: Cluster): Promise<Subject> {
  const pod = await pick({
    title: vscode.l10n.t('Show Log'),
    placeholder: vscode.l10n.t('Choose a pod'),
    nothing: vscode.l10n.t('There is no pod'),
    load: async (signal) => podChoices(await cluster.connection.whenRead(signal)),
  });
  return { is: 'pod', namespace: pod.namespace, name: pod.name };
}

function containersOf(
  snapshot: Snapshot,
  subject: Subject,
  which: Which,
): { readonly name: string; readonly namespace: string; readonly containers: readonly Logged[] } {
  switch (subject.is) {
    case 'container': {
      const { namespace, pod, container } = subject;
      return { name: `${pod}/${container}`, namespace, containers: [{ namespace, pod, container }] };
    }
    case 'pod': {
      const pod = snapshot.get('Pod', subject.namespace, subject.name);
      const containers = pod === undefined ? [] : logged(pod, which);
      if (containers.length === 0) throw nothing(subject.name, which);
      return { name: subject.name, namespace: subject.namespace, containers };
    }
    case 'service': {
      const service = snapshot.get('Service', subject.namespace, subject.name);
      const pods = service === undefined ? [] : snapshot.podsSelectedBy(service);
      const containers = pods.flatMap((pod) => logged(pod, which));
      if (containers.length === 0) throw nothing(subject.name, which);
      return { name: subject.name, namespace: subject.namespace, containers };
    }
    case 'object':
    case 'address':
    case 'check':
      throw nothing('', which);
  }
}

/** Containers that have written, or may write, a log. */
function logged(pod: Pod, which: Which): readonly Logged[] {
  const has = ({ state, restarts, role }: Container): boolean =>
    which === 'previous' ? restarts > 0 : state.is !== 'waiting' || restarts > 0 || role === 'main';
  return pod.containers
    .filter(has)
    .map(({ name }) => ({ namespace: pod.namespace, pod: pod.name, container: name }));
}

function nothing(name: string, which: Which): ExplainedError {
  return which === 'previous'
    ? new ExplainedError(
        'no-previous-log',
        vscode.l10n.t('No container of {0} has run before', oneLine(name, 120)),
        { remedy: vscode.l10n.t('Only a container that was restarted has a log of its run before.') },
      )
    : new ExplainedError('no-log', vscode.l10n.t('There is no log to show'), {
        remedy: vscode.l10n.t('Choose a pod, a container or a service with pods.'),
      });
}
