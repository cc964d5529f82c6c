import * as vscode from 'vscode';
import type { LabelSelector } from '../../model/labelSelector.ts';
import type { PolicyPeer, PolicyPort, PolicyRule } from '../../model/networkPolicy.ts';
import type { PodSet, TierPeer, TierPort, TierRule } from '../../model/tierPolicy.ts';

/** `app=web, tier in (a, b)`; an empty selector means everything and says so. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector, everything: string): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(', ')})`;
        case 'NotIn':
          return `${key} notin (${values.join(', ')})`;
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
      }
    }),
  ];
  return parts.length === 0 ? everything : parts.join(', ');
}

/** Who a rule of a NetworkPolicy is about. */
export function peersText({ peers }: PolicyRule): string {
  return peers === undefined ? vscode.l10n.t('everyone') : peers.map(peerText).join(vscode.l10n.t(' or '));
}

function peerText(peer: PolicyPeer): string {
  if (peer.is === 'block') {
    return peer.except.length === 0
      ? peer.cidr
      : vscode.l10n.t('{0} without {1}', peer.cidr, peer.except.join(', '));
  }
  const everyPod = vscode.l10n.t('every pod');
  const pods = peer.podSelector === undefined ? everyPod : podsText(peer.podSelector);
  if (peer.namespaceSelector === undefined) return pods;
  return vscode.l10n.t('{0} of {1}', pods, namespacesText(peer.namespaceSelector));
}

function podsText(selector: LabelSelector): string {
  const text = selectorText(selector, '');
  return text === '' ? vscode.l10n.t('every pod') : vscode.l10n.t('pods with {0}', text);
}

function namespacesText(selector: LabelSelector): string {
  const text = selectorText(selector, '');
  return text === '' ? vscode.l10n.t('every namespace') : vscode.l10n.t('namespaces with {0}', text);
}

/** `TCP 80, UDP 53`, or "every port". */
export function policyPortsText({ ports }: PolicyRule): string {
  return ports === undefined ? vscode.l10n.t('every port') : ports.map(portText).join(', ');
}

function portText({ protocol, port, endPort }: PolicyPort): string {
  if (port === undefined) return vscode.l10n.t('every {0} port', protocol);
  return `${protocol} ${port}${endPort === undefined ? '' : `-${endPort}`}`;
}

export function podSetText({ namespaceSelector, podSelector }: PodSet): string {
  const pods = podSelector === undefined ? vscode.l10n.t('every pod') : podsText(podSelector);
  return vscode.l10n.t('{0} of {1}', pods, namespacesText(namespaceSelector));
}

export function tierPeersText({ peers }: TierRule): string {
  return peers.map(tierPeerText).join(vscode.l10n.t(' or '));
}

function tierPeerText(peer: TierPeer): string {
  switch (peer.is) {
    case 'pods':
      return podSetText(peer.pods);
    case 'nodes':
      return vscode.l10n.t('nodes with {0}', selectorText(peer.selector, vscode.l10n.t('any labels')));
    case 'networks':
      return peer.cidrs.join(', ');
    case 'domains':
      return peer.names.join(', ');
    case 'unknown':
      return vscode.l10n.t('peers of a form that is not known here');
  }
}

export function tierPortsText({ ports }: TierRule): string {
  return ports === undefined ? vscode.l10n.t('every port') : ports.map(tierPortText).join(', ');
}

function tierPortText(port: TierPort): string {
  if (port.is === 'named') return port.name;
  if (port.first === 1 && port.last === 65_535) return vscode.l10n.t('every {0} port', port.protocol);
  return `${port.protocol} ${port.first}${port.first === port.last ? '' : `-${port.last}`}`;
}
