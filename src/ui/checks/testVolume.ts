import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { CheckRecord, CheckTarget } from '../../probe/check.ts';
import { planVolume, type MountPlace, type VolumePlan } from '../../probe/volume.ts';
import { checkVolume } from '../../probe/volumeChecker.ts';
import { cancellableProgress } from '../host/cancellableProgress.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { pick, type Choice } from '../host/pickOne.ts';
import { said } from '../host/say.ts';
import { linkless } from '../host/shownText.ts';
import { subjectOf } from '../host/subject.ts';
import type { CheckQuestion, FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';

interface VolumeName {
  readonly namespace: string;
  readonly pod: string;
  readonly volume: string;
}

/**
 * Tests whether all mounts of a volume see the same files, after a question that says what is written where.
 * @returns a check for each mount that was read.
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function testVolume(
  cluster: Cluster,
  history: CheckHistory,
  argument: unknown,
): Promise<readonly FinishedCheck[]> {
  const { connection } = cluster;
  const snapshot = await connection.whenRead(new AbortController().signal);
  const name = await volumeName(connection, argument);
  const marker = randomUUID().replaceAll('-', '').slice(0, 16);
  const plan = planVolume(name, snapshot, marker);
  const places = [plan.writer, ...plan.readers];
  const namespaces = [...new Set(places.map(({ at }) => at.namespace))];
  await mayOrExplain(cluster, ...namespaces.map((namespace) => needs.exec(namespace)));
  await confirm(plan);
  const title = vscode.l10n.t('Testing volume {0}', linkless(name.volume, 80));
  const { records, left } = await cancellableProgress(title, (signal) =>
    checkVolume(cluster.exec, plan, marker, signal),
  );
  if (left !== undefined) {
    throw new ExplainedError('marker-left', vscode.l10n.t('The file {0} could not be removed', left), {
      remedy: vscode.l10n.t('Remove it yourself; it holds nothing but a random word.'),
    });
  }
  return records.map((record, index) => keep(history, connection, plan, record, plan.readers[index]));
}

async function confirm({ writer, readers, file, notes }: VolumePlan): Promise<void> {
  const at = ({ namespace, pod, container }: ContainerRef): string => `${namespace}/${pod}/${container}`;
  const detail = [
    vscode.l10n.t(
      'The file {0} with a random word is written in {1}, and removed at the end.',
      file,
      at(writer.at),
    ),
    vscode.l10n.t(
      'It is read in {0}.',
      readers.map((reader) => `${at(reader.at)} (${reader.path})`).join(', '),
    ),
    ...notes.map(said),
  ];
  const go = vscode.l10n.t('Write and Read');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Write a small file to the volume to see who reads it?'),
    { modal: true, detail: detail.map((line) => linkless(line, 1_000)).join('\n\n') },
    go,
  );
  if (answer !== go) throw new CancelledError();
}

/** A line of the history for a mount; its target stands for the file, which no connection leads to. */
function keep(
  history: CheckHistory,
  connection: ClusterConnection,
  plan: VolumePlan,
  record: CheckRecord,
  reader: MountPlace | undefined,
): FinishedCheck {
  const place = reader ?? plan.writer;
  const target: CheckTarget = { ref: record.to, host: place.path, port: 0, scheme: 'tcp', path: '/' };
  const question: CheckQuestion = {
    from: place.at,
    target,
    notes: plan.notes.map(said),
    context: connection.context.name,
    simulated: connection.isPracticeLab === true,
    volume: plan.ref,
  };
  return history.finish(
    history.begin(question, () => undefined),
    record,
  );
}

async function volumeName(connection: ClusterConnection, argument: unknown): Promise<VolumeName> {
  const subject = subjectOf(argument);
  const pod = subject?.is === 'pod' ? subject : undefined;
  if (typeof argument === 'object' && argument !== null && 'volume' in argument && 'pod' in argument) {
    const { namespace, pod: name, volume } = argument as Record<string, unknown>;
    if (typeof name === 'string' && typeof volume === 'string') {
      return { namespace: typeof namespace === 'string' ? namespace : 'default', pod: name, volume };
    }
  }
  return pick({
    title: vscode.l10n.t('Test Shared Volume'),
    placeholder: vscode.l10n.t('Which volume?'),
    nothing: vscode.l10n.t('No volume is mounted more than once'),
    load: async (signal) => volumeChoices(await connection.whenRead(signal), pod),
  });
}

/** Volumes that a test can say something about. */
function volumeChoices(
  snapshot: ClusterConnection['snapshot'],
  only: { readonly namespace: string; readonly name: string } | undefined,
): readonly Choice<VolumeName>[] {
  const pods = snapshot
    .all('Pod')
    .filter(
      ({ namespace, name }) => only === undefined || (namespace === only.namespace && name === only.name),
    );
  return pods.flatMap((pod) =>
    pod.volumes.flatMap((volume) => {
      const value = { namespace: pod.namespace, pod: pod.name, volume: volume.name };
      const plan = planned(value, snapshot);
      if (typeof plan === 'string') {
        // Of one pod everything is shown, with the reason; of all pods only what can be tested.
        if (only === undefined) return [];
        return [{ label: volume.name, description: plan, icon: 'database', value }];
      }
      return [
        {
          label: volume.name,
          description: vscode.l10n.t('{0} · {1} mounts', volume.kind, plan.readers.length + 1),
          icon: 'database',
          group: `${pod.namespace}/${pod.name}`,
          value,
        },
      ];
    }),
  );
}

function planned(name: VolumeName, snapshot: ClusterConnection['snapshot']): VolumePlan | string {
  try {
    return planVolume(name, snapshot, '00000000');
  } catch (error) {
    if (error instanceof ExplainedError) return messageOf(error);
    throw error;
  }
}
