import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { inSlices } from '../../base/inSlices.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Toward } from '../../reach/podReach.ts';
import { showRendered } from '../host/memoryFiles.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { podChoices } from '../host/podChoices.ts';
import { readWidely } from '../host/readWidely.ts';
import type { Session } from '../host/session.ts';
import { subjectOf } from '../host/subject.ts';
import type { ObjectDocuments } from './objectDocuments.ts';
import { reachReport } from './reachReport.ts';

/**
 * Opens the document that says who can reach a pod, or what it can reach.
 * @param argument a pod of the tree, or `{ namespace, name }`; else the user is asked.
 * @returns the document's text.
 * @throws ExplainedError where the pod is gone; CancelledError.
 */
export async function showReach(
  session: Session,
  documents: ObjectDocuments,
  toward: Toward,
  argument: unknown,
): Promise<string> {
  const cluster = await openCluster(session);
  const { namespace, name } = podNamed(argument) ?? (await askForPod(cluster.connection, toward));
  const title = vscode.l10n.t('Reading the cluster');
  const text = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    async () => {
      const reading = await readWidely(session, cluster, [namespace], new AbortController().signal);
      try {
        const pod = reading.world.snapshot.get('Pod', namespace, name);
        if (pod === undefined) {
          throw new ExplainedError(
            'no-such-pod',
            vscode.l10n.t('There is no pod {0} in namespace {1}', name, namespace),
            { remedy: vscode.l10n.t('Refresh the view.') },
          );
        }
        const simulated = cluster.connection.isPracticeLab === true;
        const time = new Date().toLocaleTimeString();
        const place = simulated
          ? vscode.l10n.t('Context {0} (the practice lab, simulated), as of {1}.', cluster.context.name, time)
          : vscode.l10n.t('Context {0}, as of {1}.', cluster.context.name, time);
        return await inSlices(reachReport(reading.world, pod, toward, place));
      } finally {
        reading.dispose();
      }
    },
  );
  const label =
    toward === 'in' ? vscode.l10n.t('Who reaches {0}', name) : vscode.l10n.t('What {0} reaches', name);
  await showRendered(documents.add(label, text, 'md'));
  return text;
}

function podNamed(argument: unknown): { namespace: string; name: string } | undefined {
  const subject = subjectOf(argument);
  if (subject?.is === 'pod') return subject;
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { namespace, name }: { namespace?: unknown; name?: unknown } = argument;
  return typeof namespace === 'string' && typeof name === 'string' ? { namespace, name } : undefined;
}

function askForPod(
  connection: ClusterConnection,
  toward: Toward,
): Promise<{ namespace: string; name: string }> {
  return pick({
    title:
      toward === 'in' ? vscode.l10n.t('Who Can Reach This Pod?') : vscode.l10n.t('What Can This Pod Reach?'),
    placeholder: vscode.l10n.t('Choose a pod'),
    nothing: vscode.l10n.t('No pod has an IP'),
    load: async (signal) => podChoices(await connection.whenRead(signal)),
  });
}
