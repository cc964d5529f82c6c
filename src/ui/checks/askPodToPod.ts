import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { containerChoices, podChoices, runningContainers } from '../host/podChoices.ts';
import { pickStep, walk, type Step } from '../host/steps.ts';
import type { CheckQuestion } from './checkEntry.ts';
import { existingPod } from './existingPod.ts';
import { podQuestion } from './podQuestion.ts';
import { podToPodArgument } from './podToPodArgument.ts';
import { portChoices, portQuestion } from '../host/portChoices.ts';

/**
 * Asks, in up to three steps, what is missing of "does this container reach that pod on that port".
 * @param argument see podToPodArgument.
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askPodToPod(connection: ClusterConnection, argument: unknown): Promise<CheckQuestion> {
  const known = podToPodArgument(argument);
  const read = (signal: AbortSignal): Promise<Snapshot> => connection.whenRead(signal);
  const title = vscode.l10n.t('Test Pod-to-Pod');
  const fromPod = known.fromPod && (await existingPod(connection, known.fromPod));
  let from = known.from ?? (fromPod && onlyContainer(fromPod));
  let to = known.to && (await existingPod(connection, known.to));
  let { port } = known;
  const steps: Step[] = [];
  if (from === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('From which container?'),
      nothing: vscode.l10n.t('No container is running'),
      load: async (signal: AbortSignal) =>
        containerChoices(await read(signal), fromPod === undefined ? undefined : [fromPod]),
    };
    steps.push(pickStep(ask, (value) => (from = value)));
  }
  if (to === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('To which pod?'),
      nothing: vscode.l10n.t('No pod has an IP'),
      load: async (signal: AbortSignal) => podChoices(await read(signal)),
    };
    steps.push(pickStep(ask, (value) => (to = value)));
  }
  if (port === undefined) {
    const ask = portQuestion(title, async (signal) =>
      to === undefined ? [] : portChoices(await read(signal), to),
    );
    steps.push(pickStep(ask, (value) => (port = value)));
  }
  await walk(steps);
  if (from === undefined || to === undefined || port === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source, target and port are needed'));
  }
  return podQuestion(connection, from, to, port);
}

/** The container of a pod that runs only one; a pod with several leaves a question. */
function onlyContainer(pod: Pod): ContainerRef | undefined {
  const [only, ...others] = runningContainers(pod);
  if (only === undefined || others.length > 0) return undefined;
  return { namespace: pod.namespace, pod: pod.name, container: only.name };
}
