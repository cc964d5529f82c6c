import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { configuration } from '../host/configuration.ts';
import { views } from '../host/ids.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import type { CheckQuestion, FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';

/** A check that takes longer than this says so in a notification too, where it can be cancelled. */
const patienceMs = 700;

/**
 * Makes a check, with progress in the Checks view and a line in the history from its start.
 * @throws ExplainedError where the user may not run programs in the namespace; CancelledError when the user stops it; then nothing is kept of it.
 */
export async function runCheck(
  cluster: Cluster,
  history: CheckHistory,
  question: CheckQuestion,
): Promise<FinishedCheck> {
  await mayOrExplain(cluster, needs.exec(question.from.namespace));
  const controller = new AbortController();
  const entry = history.begin(question, () => controller.abort());
  const check = cluster.checker.check(
    {
      from: question.from,
      target: question.target,
      connectTimeoutSeconds: configuration.connectTimeoutSeconds(),
      timeoutSeconds: configuration.timeoutSeconds(),
    },
    controller.signal,
  );
  const settled = check.then(
    () => undefined,
    () => undefined,
  );
  void vscode.window.withProgress({ location: { viewId: views.checks } }, () => settled);
  const timer = setTimeout(() => notify(questionText(question), settled, controller), patienceMs);
  try {
    return history.finish(entry, await check);
  } catch (error) {
    history.remove(entry.id);
    throw controller.signal.aborted ? new CancelledError() : error;
  } finally {
    clearTimeout(timer);
  }
}

function notify(text: string, settled: Promise<undefined>, controller: AbortController): void {
  void vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Testing {0}', text),
      cancellable: true,
    },
    (_, token) => {
      token.onCancellationRequested(() => controller.abort());
      return settled;
    },
  );
}
