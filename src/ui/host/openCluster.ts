import * as vscode from 'vscode';
import type { Cluster } from './clusterAccess.ts';
import { views } from './ids.ts';
import type { Session } from './session.ts';

/**
 * The cluster a command works with. Opening it may have to start the practice lab, so that is shown.
 * @throws ExplainedError that says why there is none and what to do.
 */
export async function openCluster(session: Session): Promise<Cluster> {
  if (session.state.is === 'open') return session.state.cluster;
  const opening = session.cluster();
  const title = vscode.l10n.t('Opening the cluster');
  void vscode.window.withProgress({ location: { viewId: views.cluster } }, () => settled(opening));
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    settled(opening),
  );
  return opening;
}

/** Resolves when the work is over, well or badly: who started it hears how. */
function settled(work: Promise<unknown>): Promise<void> {
  return work.then(
    () => undefined,
    () => undefined,
  );
}
