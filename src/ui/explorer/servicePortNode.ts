import * as vscode from 'vscode';
import type { Service, ServicePort } from '../../model/objects.ts';
import { groupBy } from '../../base/groupBy.ts';
import { targetPortOn } from '../../reach/backends.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { portText, row, tooltip } from './words.ts';

/** A port of a service; below it what it is on each pod and, for node ports, the address on every node. */
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
    children: () => [
      ...targets(id, scene, service, port),
      ...(nodePort === undefined ? [] : nodeAddresses(id, scene, nodePort)),
    ],
  };
}

/** The target port as the selected pods have it: one row for the pods that agree. */
function targets(
  id: string,
  { snapshot }: Scene,
  service: Service,
  port: ServicePort,
): readonly ExplorerNode[] {
  const pods = snapshot.podsSelectedBy(service);
  const byNumber = groupBy(pods, (pod) => targetPortOn(pod, port));
  return [...byNumber].map(([number, having]) => {
    const names = having.slice(0, 5).map(({ name }) => name);
    const more = having.length > names.length ? ['…'] : [];
    return factNode({
      id: `${id}/target:${number ?? 'none'}`,
      label:
        number === undefined
          ? vscode.l10n.t('no port named {0}', port.targetPort)
          : `${number}/${port.protocol}`,
      kind: vscode.l10n.t('target port'),
      parts: [
        having.length === 1 ? vscode.l10n.t('on 1 pod') : vscode.l10n.t('on {0} pods', having.length),
        [...names, ...more].join(', '),
      ],
      icon: number === undefined ? { id: 'warning', color: 'list.warningForeground' } : { id: 'arrow-right' },
    });
  });
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
