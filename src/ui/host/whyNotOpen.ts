import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { SessionState } from './sessionState.ts';

/** Why no cluster is open, as an error a person can act on. */
export function whyNot(state: Exclude<SessionState, { is: 'open' }>): ExplainedError {
  switch (state.is) {
    case 'untrusted':
      return new ExplainedError(
        'untrusted',
        vscode.l10n.t('This workspace is not trusted, so no cluster is contacted and no command runs in one'),
        { remedy: vscode.l10n.t('Trust the workspace to go on.') },
      );
    case 'none':
      return new ExplainedError(
        'no-kubeconfig',
        vscode.l10n.t('There is no kubeconfig. Searched: {0}', state.searched.join(', ')),
        { remedy: vscode.l10n.t('Set podNetwork.kubeconfig, or start the practice lab.') },
      );
    case 'broken':
      return new ExplainedError('broken-kubeconfig', state.message, { remedy: state.remedy });
    case 'no-context':
      return new ExplainedError(
        'no-context',
        state.wanted === ''
          ? vscode.l10n.t('The kubeconfig names no current context')
          : vscode.l10n.t('The kubeconfig has no context "{0}"', state.wanted),
        { remedy: vscode.l10n.t('Choose one with "Pod Network: Select Context".') },
      );
    case 'lab-failed':
      return new ExplainedError('lab-failed', state.message, { remedy: state.remedy });
    case 'closed':
    case 'opening':
      return new ExplainedError('not-open', vscode.l10n.t('No cluster is open yet'), {
        remedy: vscode.l10n.t('Try again in a moment.'),
      });
  }
}
