import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { configuration } from '../host/configuration.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { podChoices } from '../host/podChoices.ts';
import type { Session } from '../host/session.ts';
import { subjectOf, type Subject } from '../host/subject.ts';
import { LogFollower, type Followed } from './logFollower.ts';
import { LogTerminal, type LogSource } from './logTerminal.ts';

/** Streams opened at once: each holds a connection to the API server. */
const mostStreams = 20;

/** Whose logs: a container's, all of a pod, or all of the pods behind a service. */
interface Wanted {
  readonly name: string;
  readonly namespace: string;
  readonly container?: string;
  /** Whether there may be several containers. */
  readonly several: boolean;
  readonly choose: (snapshot: Snapshot) => Followed;
}

/**
 * Follows the log of a container, of all containers of a pod, or of all pods behind a service, those that come later
 * too.
 */
export async function showLogs(session: Session, argument: unknown): Promise<void> {
  const cluster = await openCluster(session);
  const wanted = wantedOf(subjectOf(argument) ?? (await askPod(cluster)), cluster.connection.snapshot);
  const { namespace, choose, container } = wanted;
  await mayOrExplain(cluster, needs.logs(namespace));
  const { logs, connection } = cluster;
  show(wanted, (tell, signal) =>
    LogFollower.follow(
      {
        ...{ logs, connection, namespace, choose, mostStreams, tell },
        ...(container !== undefined && { container }),
        tailLines: configuration.logLines(),
        timestamps: configuration.logTimestamps(),
      },
      signal,
    ),
  );
}

/** Shows the logs of the runs before the present ones, which have ended. */
export async function showPreviousLogs(session: Session, argument: unknown): Promise<void> {
  const cluster = await openCluster(session);
  const wanted = wantedOf(subjectOf(argument) ?? (await askPod(cluster)), cluster.connection.snapshot);
  const { name, namespace, container: only } = wanted;
  await mayOrExplain(cluster, needs.logs(namespace));
  const runs = wanted
    .choose(cluster.connection.snapshot)
    .pods.flatMap(({ name: pod, containers }) =>
      containers
        .filter(({ name: container, restarts }) => restarts > 0 && (only ?? container) === container)
        .map(({ name: container }) => ({ namespace, pod, container })),
    );
  if (runs.length === 0) {
    throw new ExplainedError(
      'no-previous-log',
      vscode.l10n.t('No container of {0} has run before', oneLine(name, 120)),
      { remedy: vscode.l10n.t('Only a container that was restarted has a log of its run before.') },
    );
  }
  const settings = {
    ...{ previous: true, follow: false },
    tailLines: configuration.logLines(),
    timestamps: configuration.logTimestamps(),
  };
  show(wanted, async (tell, signal) => {
    for (const of of runs) {
      await cluster.logs
        .read({ ...of, ...settings }, (lines) => tell({ is: 'lines', of, lines }), signal)
        .catch((error: unknown) => tell({ is: 'failed', of, error }));
    }
  });
}

function show({ name, several }: Wanted, source: LogSource): void {
  const terminal = vscode.window.createTerminal({
    name: oneLine(vscode.l10n.t('Log: {0}', name), 80),
    pty: new LogTerminal(source, several),
    iconPath: new vscode.ThemeIcon('output'),
    isTransient: true,
  });
  terminal.show(true);
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

function wantedOf(subject: Subject, snapshot: Snapshot): Wanted {
  switch (subject.is) {
    case 'container': {
      const { namespace, pod: name, container } = subject;
      return {
        ...{ name: `${name}/${container}`, namespace, container, several: false },
        choose: (present) => onePod(present.get('Pod', namespace, name), container),
      };
    }
    case 'pod': {
      const { namespace, name } = subject;
      const several = snapshot.get('Pod', namespace, name)?.containers.length !== 1;
      return {
        ...{ name, namespace, several },
        choose: (present) => onePod(present.get('Pod', namespace, name)),
      };
    }
    case 'service': {
      const { namespace, name } = subject;
      return {
        ...{ name, namespace, several: true },
        choose: (present) => {
          const service = present.get('Service', namespace, name);
          return {
            pods: service === undefined ? [] : present.podsSelectedBy(service),
            isOver: service === undefined,
          };
        },
      };
    }
    case 'object':
    case 'address':
    case 'check':
      throw new ExplainedError('no-log', vscode.l10n.t('There is no log to show'), {
        remedy: vscode.l10n.t('Choose a pod, a container or a service with pods.'),
      });
  }
}

function onePod(pod: Pod | undefined, container?: string): Followed {
  if (pod === undefined) return { pods: [], isOver: true };
  const found = pod.containers.find(({ name }) => name === container);
  const runsOnce = found?.role === 'init' || found?.role === 'ephemeral';
  const isDone = runsOnce && found.state.is === 'terminated' && found.state.exitCode === 0;
  return { pods: [pod], isOver: isDone || pod.phase === 'Succeeded' || pod.phase === 'Failed' };
}
