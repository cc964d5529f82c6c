import * as vscode from 'vscode';
import type { Session } from '../host/session.ts';
import { linkless } from '../host/shownText.ts';
import { clusterName, connectionSentences } from '../host/stateText.ts';
import { whyNot } from '../host/whyNotOpen.ts';

/** Tells what is the matter with the connection, with the server's own words. */
export async function explainCluster(session: Session, log: vscode.LogOutputChannel): Promise<void> {
  const { state } = session;
  if (state.is !== 'open') throw whyNot(state);
  const { context, connection } = state.cluster;
  const sentences = connectionSentences(connection.state);
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showInformationMessage(
    linkless(
      sentences === ''
        ? vscode.l10n.t('{0} at {1} is connected.', clusterName(state.cluster, state.ownLab), context.server)
        : `${clusterName(state.cluster, state.ownLab)}: ${sentences}`,
    ),
    showLog,
  );
  if (choice === showLog) log.show();
}
