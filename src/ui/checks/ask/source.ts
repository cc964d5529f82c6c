import * as vscode from 'vscode';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { ContainerRef } from '../../../model/terminal.ts';
import { planSource } from '../../../probe/source.ts';
import { containerChoices, runningContainers } from '../../host/podChoices.ts';
import { pickStep, type Step } from '../../host/steps.ts';
import type { PodRef } from './argument.ts';

/** Where a check starts, once it is known. */
export interface SourceAnswer {
  value: ContainerRef | undefined;
}

/** The source that an argument names, if it names one container; and the step that asks for it otherwise. */
export async function sourceStep(
  connection: ClusterConnection,
  title: string,
  known: PodRef | undefined,
): Promise<{ readonly answer: SourceAnswer; readonly steps: readonly Step[] }> {
  const answer: SourceAnswer = { value: undefined };
  if (known !== undefined) {
    const snapshot = await connection.whenRead(new AbortController().signal);
    const pod = snapshot.get('Pod', known.namespace, known.name);
    const open = known.container === undefined && pod !== undefined && runningContainers(pod).length > 1;
    if (!open) {
      answer.value = planSource(known, snapshot);
      return { answer, steps: [] };
    }
  }
  const ask = {
    title,
    placeholder: vscode.l10n.t('From which container?'),
    nothing: vscode.l10n.t('No container is running'),
    load: async (signal: AbortSignal) => {
      const snapshot = await connection.whenRead(signal);
      const pod = known && snapshot.get('Pod', known.namespace, known.name);
      return containerChoices(snapshot, pod === undefined ? undefined : [pod]);
    },
  };
  const asking = pickStep(ask, (value: ContainerRef) => (answer.value = value));
  return { answer, steps: [asking] };
}
