import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Session } from '../host/session.ts';
import { copy } from './clipboard.ts';
import { findPod } from './findObject.ts';

/** Copies a pod's primary IP. */
export async function copyIp(session: Session, argument: unknown): Promise<void> {
  const pod = await findPod(session, argument, vscode.l10n.t('Copy IP'));
  const [ip] = pod.ips;
  if (ip === undefined) {
    throw new ExplainedError('no-ip', vscode.l10n.t('The pod {0} has no IP yet', pod.name), {
      remedy: vscode.l10n.t('It gets one when its node has set up its network.'),
    });
  }
  await copy(ip);
}
