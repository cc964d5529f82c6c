import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { CheckQuestion } from './checkEntry.ts';
import { existingPod } from './existingPod.ts';
import { podQuestion } from './podQuestion.ts';

/**
 * The question of an earlier check as it reads now: a pod may have another IP than it had then.
 * @throws ExplainedError where the pod is gone, or another cluster is shown than the one that was asked.
 */
export async function askAgain(
  connection: ClusterConnection,
  earlier: CheckQuestion,
): Promise<CheckQuestion> {
  const { context, targetPod, from, target } = earlier;
  if (context !== connection.context.name) {
    throw new ExplainedError(
      'other-context',
      vscode.l10n.t('This check was made in the context "{0}", which is not the one shown', context),
      { remedy: vscode.l10n.t('Select that context to make it again.') },
    );
  }
  if (targetPod === undefined || from === 'outside') return earlier;
  return podQuestion(connection, from, await existingPod(connection, targetPod), target.port);
}
