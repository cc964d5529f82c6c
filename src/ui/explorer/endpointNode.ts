import * as vscode from 'vscode';
import type { ServiceEndpoint } from '../../model/serviceEndpoints.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode } from './node.ts';
import { row, tooltip } from './words.ts';

/** One address behind a service, with the pod it leads to. */
export function endpointNode(parentId: string, endpoint: ServiceEndpoint): ExplorerNode {
  const address = addressOf(endpoint);
  const pod = endpoint.podRef?.name;
  return {
    id: `${parentId}/endpoint:${address}/${endpoint.protocol}/${endpoint.portName}`,
    subject: { is: 'address', address },
    row: row({
      label: address,
      kind: vscode.l10n.t('endpoint'),
      parts: [
        pod === undefined ? vscode.l10n.t('no pod named') : vscode.l10n.t('pod {0}', pod),
        stateText(endpoint),
        endpoint.nodeName,
        endpoint.zone,
      ],
      icon: endpoint.ready
        ? { id: 'arrow-right', color: 'testing.iconPassed' }
        : { id: 'circle-slash', color: 'list.warningForeground' },
      viewItem: viewItems.endpoint,
    }),
    tooltip: () =>
      tooltip(address, [
        [vscode.l10n.t('Pod'), endpoint.podRef ? `${endpoint.podRef.namespace}/${endpoint.podRef.name}` : ''],
        [vscode.l10n.t('State'), stateText(endpoint)],
        [vscode.l10n.t('Node'), endpoint.nodeName],
        [vscode.l10n.t('Zone'), endpoint.zone],
        [vscode.l10n.t('Meant for clients in'), endpoint.hintedZones.join(', ')],
        [vscode.l10n.t('Port'), [endpoint.portName, endpoint.protocol].filter(Boolean).join(' ')],
        [vscode.l10n.t('Read from endpoint slice'), endpoint.slice],
      ]),
  };
}

function addressOf({ ip, port }: ServiceEndpoint): string {
  if (port === undefined) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function stateText(endpoint: ServiceEndpoint): string {
  if (endpoint.terminating) {
    return endpoint.serving ? vscode.l10n.t('ending, still serving') : vscode.l10n.t('ending');
  }
  return endpoint.ready ? vscode.l10n.t('ready') : vscode.l10n.t('not ready');
}
