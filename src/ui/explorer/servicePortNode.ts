import * as vscode from 'vscode';
import type { Service, ServicePort } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { portText, row, tooltip } from './words.ts';

/** A port of a service; below it, for node ports, the address on every node. */
export function servicePortNode(
  parentId: string,
  scene: Scene,
  service: Service,
  port: ServicePort,
  index: number,
): ExplorerNode {
  const id = `${parentId}/port:${index}`;
  const { nodePort } = port;
  return {
    id,
    row: row({
      label: portText(port),
      kind: vscode.l10n.t('service port'),
      parts: [
        service.type === 'ExternalName' ? '' : vscode.l10n.t('target port {0}', port.targetPort),
        nodePort === undefined ? '' : vscode.l10n.t('node port {0}', nodePort),
      ],
      icon: { id: 'plug' },
      viewItem: viewItems.port,
    }),
    tooltip: () =>
      tooltip(portText(port), [
        [vscode.l10n.t('Target port'), String(port.targetPort)],
        nodePort === undefined ? undefined : [vscode.l10n.t('Node port'), String(nodePort)],
        [vscode.l10n.t('Application protocol'), port.appProtocol ?? ''],
      ]),
    ...(nodePort !== undefined && { children: () => nodeAddresses(id, scene, nodePort) }),
  };
}

function nodeAddresses(id: string, { snapshot }: Scene, nodePort: number): readonly ExplorerNode[] {
  return snapshot.all('Node').flatMap((node) => {
    const address = node.addresses.find(({ type }) => type === 'InternalIP')?.address;
    if (address === undefined) return [];
    const value = `${address.includes(':') ? `[${address}]` : address}:${nodePort}`;
    return {
      id: `${id}/node:${node.name}`,
      subject: { is: 'address' as const, address: value },
      row: row({
        label: value,
        kind: vscode.l10n.t('node port'),
        parts: [vscode.l10n.t('on node {0}', node.name)],
        icon: { id: 'server' },
        viewItem: viewItems.address,
      }),
    };
  });
}
