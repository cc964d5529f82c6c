import * as vscode from 'vscode';
import type { ConnectionState, NamespaceScope } from '../../model/connection.ts';
import type { Cluster } from './clusterAccess.ts';
import type { SessionState } from './sessionState.ts';

/** One word or two for a state; '' where all is well. */
export function connectionWord(state: ConnectionState): string {
  switch (state.is) {
    case 'live':
    case 'idle':
      return '';
    case 'connecting':
      return vscode.l10n.t('connecting');
    case 'catching-up':
      return vscode.l10n.t('catching up');
    case 'stale':
      return vscode.l10n.t('not current');
    case 'unreachable':
      return vscode.l10n.t('unreachable');
    case 'unauthorised':
      return vscode.l10n.t('not signed in');
    case 'forbidden':
      return vscode.l10n.t('forbidden');
  }
}

/** Several sentences: what is the matter and the way out; '' where all is well. */
export function connectionSentences(state: ConnectionState): string {
  switch (state.is) {
    case 'idle':
    case 'live':
    case 'connecting':
      return '';
    case 'catching-up':
      return vscode.l10n.t('Reading again since {0}; what is shown may be behind.', timeOf(state.since));
    case 'stale':
      return vscode.l10n.t(
        'Shown as of {0}: {1}. Next try at {2}.',
        timeOf(state.since),
        withoutStop(state.message),
        timeOf(state.retryAt),
      );
    case 'unreachable':
      return vscode.l10n.t(
        '{0}. {1} Next try at {2}.',
        withoutStop(state.message),
        state.remedy,
        timeOf(state.retryAt),
      );
    case 'unauthorised':
      return `${withoutStop(state.message)}. ${state.remedy}`;
    case 'forbidden':
      return vscode.l10n.t(
        '{0}. Choose a namespace you may read, or ask for the right to list pods and services.',
        withoutStop(state.message),
      );
  }
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString();
}

function withoutStop(message: string): string {
  return message.replace(/[.\s]+$/, '');
}

export function scopeText(scope: NamespaceScope): string {
  if (scope.is === 'all') return vscode.l10n.t('all namespaces');
  const [first = '', ...others] = scope.namespaces;
  return others.length === 0 ? first : vscode.l10n.t('{0} and {1} more', first, others.length);
}

/** The context by its name, for where it must be known exactly; what is simulated says so beside it. */
export function contextName({ connection, context }: Cluster): string {
  return connection.isPracticeLab === true
    ? vscode.l10n.t('{0} (the practice lab, simulated)', context.name)
    : context.name;
}

/** The context's name; what is simulated always says so. */
export function clusterName(cluster: Cluster, ownLab: boolean): string {
  return ownLab || cluster.connection.isPracticeLab === true
    ? vscode.l10n.t('practice lab (simulated)')
    : cluster.context.name;
}

/** One word or two for why no cluster is open. */
export function sessionWord(state: Exclude<SessionState, { is: 'open' }>): string {
  switch (state.is) {
    case 'closed':
      return '';
    case 'opening':
      return vscode.l10n.t('opening');
    case 'untrusted':
      return vscode.l10n.t('workspace not trusted');
    case 'none':
      return vscode.l10n.t('no kubeconfig');
    case 'broken':
      return vscode.l10n.t('broken kubeconfig');
    case 'no-context':
      return vscode.l10n.t('no context');
    case 'lab-failed':
      return vscode.l10n.t('practice lab stopped');
  }
}
