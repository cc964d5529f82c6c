import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { commands } from './ids.ts';

/** A button under an error: its label, and the command that it runs. */
export interface WayOut {
  readonly label: string;
  readonly command: string;
}

/** What can be done about an error at once, by its code; none where its remedy is not a command. */
export function wayOutOf(error: unknown): WayOut | undefined {
  if (!(error instanceof ExplainedError)) return undefined;
  switch (error.code) {
    case 'no-kubeconfig':
    case 'lab-failed':
      return { label: vscode.l10n.t('Start Practice Lab'), command: commands.startLab };
    case 'no-context':
      return { label: vscode.l10n.t('Select Context'), command: commands.selectContext };
    case 'untrusted':
      return { label: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' };
    case 'no-run':
      return { label: vscode.l10n.t('Test Matrix'), command: commands.testMatrix };
    default:
      return undefined;
  }
}
