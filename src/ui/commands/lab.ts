import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { views } from '../host/ids.ts';
import type { PracticeLab } from '../host/practiceLab.ts';
import type { Session } from '../host/session.ts';

/** Starts the practice lab and shows it. */
export async function startLab(session: Session): Promise<void> {
  await inView(() => session.useLab());
  if (session.state.is === 'open') await vscode.commands.executeCommand(`${views.cluster}.focus`);
}

/** Throws away all that was changed in the lab and starts it as it was at first; asks before. */
export async function resetLab(session: Session, lab: PracticeLab): Promise<void> {
  await confirm(
    vscode.l10n.t('Reset the practice lab?'),
    vscode.l10n.t('All that was created or changed in it is lost.'),
    vscode.l10n.t('Reset'),
  );
  await inView(async () => {
    await lab.stop();
    await session.useLab();
  });
}

/** Ends the lab and goes back to the kubeconfig; asks before. */
export async function stopLab(session: Session, lab: PracticeLab): Promise<void> {
  await confirm(
    vscode.l10n.t('Stop the practice lab?'),
    vscode.l10n.t('All that was created or changed in it is lost.'),
    vscode.l10n.t('Stop'),
  );
  // The next start is the lesson again.
  lab.practised = undefined;
  if (session.state.is === 'open' && !session.state.ownLab) await lab.stop();
  else {
    await session.useKubeconfig();
    await lab.stop();
  }
}

/** @throws CancelledError unless the answer is yes. */
export async function confirm(question: string, detail: string, yes: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (answer !== yes) throw new CancelledError();
}

/** Shows progress in the cluster's view meanwhile. */
export async function inView(work: () => Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.cluster } }, work);
}
