import * as vscode from 'vscode';
import type { HopName, HopStatus, Trace } from '../../trace/types.ts';
import { summaryText } from '../host/verdictText.ts';
import { shortRef } from './titles.ts';

/** What a station of the path is called. */
export function hopTitle(hop: HopName): string {
  switch (hop) {
    case 'source':
      return vscode.l10n.t('Source');
    case 'dns':
      return vscode.l10n.t('Name (DNS)');
    case 'service':
      return vscode.l10n.t('Service');
    case 'endpoints':
      return vscode.l10n.t('Endpoints');
    case 'port':
      return vscode.l10n.t('Target port');
    case 'policy':
      return vscode.l10n.t('Network policies');
    case 'node':
      return vscode.l10n.t('Nodes');
    case 'target':
      return vscode.l10n.t('Target');
    case 'application':
      return vscode.l10n.t('Application');
  }
}

/** What happens at a station, in one sentence. */
export function hopAbout(hop: HopName): string {
  switch (hop) {
    case 'source':
      return vscode.l10n.t('The container that opens the connection.');
    case 'dns':
      return vscode.l10n.t("The cluster's DNS turns the service's name into an address.");
    case 'service':
      return vscode.l10n.t('The service takes the connection at its cluster IP or node port.');
    case 'endpoints':
      return vscode.l10n.t('The service sends it on to one of the pods that are ready.');
    case 'port':
      return vscode.l10n.t('The port of the pod that the connection leads to.');
    case 'policy':
      return vscode.l10n.t('The network policies of both ends must let it through.');
    case 'node':
      return vscode.l10n.t('The nodes of both ends carry it.');
    case 'target':
      return vscode.l10n.t('Something in the pod must listen on the port.');
    case 'application':
      return vscode.l10n.t('The application must answer.');
  }
}

/** The word beside a station's icon. */
export function statusWord(status: HopStatus): string {
  switch (status) {
    case 'ok':
      return vscode.l10n.t('in order');
    case 'failed':
      return vscode.l10n.t('stops here');
    case 'warning':
      return vscode.l10n.t('may stop here');
    case 'not-seen':
      return vscode.l10n.t('not seen');
    case 'not-used':
      return vscode.l10n.t('not on this way');
  }
}

export function certaintyWord(certainty: 'certain' | 'possible'): string {
  return certainty === 'certain' ? vscode.l10n.t('certain') : vscode.l10n.t('possible');
}

/** The answer in a few words. */
export function headline({ verdict, from, to }: Pick<Trace, 'verdict' | 'from' | 'to'>): string {
  const source = shortRef(from);
  const target = shortRef(to);
  switch (verdict) {
    case 'reachable':
      return vscode.l10n.t('{0} reaches {1}', source, target);
    case 'unreachable':
      return vscode.l10n.t('{0} cannot reach {1}', source, target);
    case 'inconclusive':
      return vscode.l10n.t('It is not certain whether {0} reaches {1}', source, target);
  }
}

/** The answer in a sentence. */
export function sentence({ verdict, cause, hops }: Trace, probed: boolean): string {
  if (cause !== null && verdict !== 'reachable') return cause.summary;
  if (verdict === 'reachable') {
    const answer = hops.find(({ hop }) => hop === 'application')?.probe;
    if (answer !== undefined) return summaryText(answer);
    return vscode.l10n.t(
      'By the objects alone, nothing stops it. Whether the application answers was not tried.',
    );
  }
  return probed
    ? vscode.l10n.t('What was seen is not enough to tell. What could not be seen stands below.')
    : vscode.l10n.t('The objects alone do not tell. Look again with probes.');
}
