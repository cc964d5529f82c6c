import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Session } from '../host/session.ts';
import { copy } from './clipboard.ts';
import { findService } from './findObject.ts';

/** Copies a service's cluster IP. */
export async function copyClusterIp(session: Session, argument: unknown): Promise<void> {
  const service = await findService(session, argument, vscode.l10n.t('Copy Cluster IP'));
  const [ip] = service.clusterIPs;
  if (ip === undefined) {
    throw new ExplainedError(
      'no-cluster-ip',
      service.headless
        ? vscode.l10n.t('The service {0} is headless: it has no cluster IP', service.name)
        : vscode.l10n.t('The service {0} has no cluster IP', service.name),
      { remedy: vscode.l10n.t('Use its DNS name.') },
    );
  }
  await copy(ip);
}
