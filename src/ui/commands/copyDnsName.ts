import * as vscode from 'vscode';
import { serviceDnsName } from '../../model/dnsNames.ts';
import type { Session } from '../host/session.ts';
import { copy } from './clipboard.ts';
import { findService } from './findObject.ts';

/** Copies a service's full DNS name. */
export async function copyDnsName(session: Session, argument: unknown): Promise<void> {
  await copy(serviceDnsName(await findService(session, argument, vscode.l10n.t('Copy DNS Name'))));
}
