import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Consent } from '../../probe/standIn/standInChecker.ts';
import { StandInChecker } from '../../probe/standIn/standInChecker.ts';
import type { Proposal } from '../../probe/standIn/proposal.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { configuration } from '../host/configuration.ts';
import { said } from '../host/say.ts';
import { linkless } from '../host/shownText.ts';

/** A checker that asks the user before it changes anything where a container has no tool. To be cleaned up. */
export function withStandIns(cluster: Cluster): StandInChecker {
  return new StandInChecker(cluster.checker, {
    exec: cluster.exec,
    requests: cluster.objects,
    access: cluster.access,
    snapshot: () => cluster.connection.snapshot,
    consent: ask,
    image: configuration.probeImage(),
    suffix: () => randomUUID().slice(0, 8),
  });
}

/** Says exactly what will be changed, and whether it can be undone. Turning away changes nothing. */
async function ask(proposal: Proposal): Promise<Consent> {
  const yes = vscode.l10n.t('Do It');
  const other = vscode.l10n.t('Something Else');
  const detail = [proposal.change, proposal.undo, proposal.caveat]
    .map((text) => linkless(said(text), 1_000))
    .join('\n\n');
  const last = proposal.kind === 'install';
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'There is no tool for the check in this container. {0}?',
      linkless(said(proposal.title), 1_000),
    ),
    { modal: true, detail },
    ...(last ? [yes] : [yes, other]),
  );
  if (answer === yes) return 'yes';
  return answer === other ? 'next' : 'stop';
}
