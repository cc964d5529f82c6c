import * as vscode from 'vscode';
import type { Node } from '../../model/objects.ts';
import { podsByNode } from '../../model/podsByNode.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Icon, Scene } from './node.ts';
import { podLinks } from './podLinks.ts';
import { labelsText, row, tooltip } from './words.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

/** A node: its addresses, its zone, and the pods on it. */
export function nodeNode(scene: Scene, parentId: string, node: Node): ExplorerNode {
  const id = `${parentId}/node:${node.name}`;
  const pods = podsByNode(scene.snapshot).get(node.name) ?? [];
  return {
    id,
    subject: { is: 'object', apiVersion: 'v1', kind: 'Node', namespace: '', name: node.name },
    row: row({
      label: node.name,
      kind: vscode.l10n.t('node'),
      parts: [
        internalAddress(node) ?? vscode.l10n.t('no address'),
        stateText(node),
        pods.length === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods.length),
        node.labels[zoneLabel],
      ],
      icon: iconOf(node),
      viewItem: viewItems.node,
    }),
    tooltip: () =>
      tooltip(node.name, [
        [vscode.l10n.t('State'), stateText(node)],
        ...node.addresses.map(({ type, address }) => [type, address] as const),
        [vscode.l10n.t('Pod addresses'), node.podCIDRs.join(', ')],
        [vscode.l10n.t('Zone'), node.labels[zoneLabel] ?? ''],
        [vscode.l10n.t('Labels'), labelsText(node.labels)],
      ]),
    children: () => [
      ...node.addresses.map(({ type, address }) =>
        factNode({
          id: `${id}/address:${type}:${address}`,
          label: address,
          parts: [type],
          icon: { id: 'location' },
          subject: { is: 'address', address },
          viewItem: viewItems.address,
        }),
      ),
      ...node.podCIDRs.map((cidr) =>
        factNode({
          id: `${id}/cidr:${cidr}`,
          label: cidr,
          parts: [vscode.l10n.t('addresses of its pods')],
          icon: { id: 'symbol-numeric' },
        }),
      ),
      ...podLinks(id, pods, ''),
    ],
  };
}

export function internalAddress({ addresses }: Node): string | undefined {
  return addresses.find(({ type }) => type === 'InternalIP')?.address;
}

function stateText({ ready, unschedulable }: Node): string {
  const word = ready ? vscode.l10n.t('ready') : vscode.l10n.t('not ready');
  return unschedulable ? vscode.l10n.t('{0}, takes no new pods', word) : word;
}

function iconOf({ ready, unschedulable }: Node): Icon {
  if (!ready) return { id: 'error', color: 'list.errorForeground' };
  return unschedulable ? { id: 'circle-slash', color: 'list.warningForeground' } : { id: 'server' };
}
