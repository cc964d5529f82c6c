import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Pod } from '../../model/objects.ts';
import type { PodName } from './podToPodArgument.ts';

/** @throws ExplainedError where there is no such pod, or the cluster cannot be read. */
export async function existingPod(connection: ClusterConnection, { namespace, name }: PodName): Promise<Pod> {
  const snapshot = await connection.whenRead(new AbortController().signal);
  const pod = snapshot.get('Pod', namespace, name);
  if (pod !== undefined) return pod;
  throw new ExplainedError(
    'no-such-pod',
    vscode.l10n.t('There is no pod {0} in namespace {1}, as far as this view reads', name, namespace),
    { remedy: vscode.l10n.t('Check the name, and which namespaces are shown.') },
  );
}
