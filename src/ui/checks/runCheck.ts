import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import type { CheckRecord } from '../../probe/check.ts';
import type { StandInChecker } from '../../probe/standIn/standInChecker.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { configuration } from '../host/configuration.ts';
import { views } from '../host/ids.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import type { CheckQuestion, FinishedCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { withStandIns } from './standIns.ts';

/** A check that takes longer than this says so in a notification too, where it can be cancelled. */
const patienceMs = 700;
/** Checks of one command that run at the same time, after the first has found out which tools there are. */
const atOnce = 4;

/**
 * Makes checks, with progress in the Checks view and a line in the history for each from its start.
 * @returns those that came to an end, in the order of the questions.
 * @throws ExplainedError where the user may not run programs in the namespace; CancelledError when the user stops the
 * only one; then nothing is kept of it.
 */
export async function runChecks(
  cluster: Cluster,
  history: CheckHistory,
  questions: readonly CheckQuestion[],
): Promise<readonly FinishedCheck[]> {
  const [first, ...others] = questions;
  if (first === undefined) return [];
  const namespaces = questions.flatMap(({ from }) => (from === 'outside' ? [] : [from.namespace]));
  await mayOrExplain(cluster, ...[...new Set(namespaces)].map((namespace) => needs.exec(namespace)));
  const checker = withStandIns(cluster);
  try {
    const finished = [await runCheck(cluster, checker, history, first)];
    for (let at = 0; at < others.length; at += atOnce) {
      const wave = others.slice(at, at + atOnce);
      finished.push(
        ...(await Promise.all(wave.map((question) => runCheck(cluster, checker, history, question)))),
      );
    }
    return finished;
  } finally {
    await checker.cleanUp();
  }
}

async function runCheck(
  cluster: Cluster,
  checker: StandInChecker,
  history: CheckHistory,
  question: CheckQuestion,
): Promise<FinishedCheck> {
  const controller = new AbortController();
  const entry = history.begin(question, () => controller.abort());
  const check = ask(cluster, checker, question, controller.signal);
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

function ask(
  cluster: Cluster,
  checker: StandInChecker,
  { from, target }: CheckQuestion,
  signal: AbortSignal,
): Promise<CheckRecord> {
  const limits = checkLimits();
  return from === 'outside'
    ? cluster.local.check(target, limits, signal)
    : checker.check({ from, target, ...limits }, signal);
}

/** The time limits of the settings. */
export function checkLimits(): { readonly connectTimeoutSeconds: number; readonly timeoutSeconds: number } {
  return {
    connectTimeoutSeconds: configuration.connectTimeoutSeconds(),
    timeoutSeconds: configuration.timeoutSeconds(),
  };
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
