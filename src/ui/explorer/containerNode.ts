import * as vscode from 'vscode';
import type { Container, Pod } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode } from './node.ts';
import { containerIcon, containerStateText } from './podState.ts';
import { accessText, portText, row, tooltip } from './words.ts';

/** A container of a pod, with its ports and mounts below it. */
export function containerNode(parentId: string, pod: Pod, container: Container): ExplorerNode {
  const id = `${parentId}/container:${container.name}`;
  const children = container.ports.length + container.mounts.length > 0;
  return {
    id,
    subject: { is: 'container', namespace: pod.namespace, pod: pod.name, container: container.name },
    row: row({
      label: container.name,
      kind: roleText(container),
      parts: [
        container.ports.map(portText).join(', '),
        containerStateText(container, pod),
        container.role === 'main' ? '' : roleText(container),
        container.restarts > 0 ? vscode.l10n.t('{0} restarts', container.restarts) : '',
        container.image,
      ],
      icon: containerIcon(container),
      viewItem: viewItems.container,
    }),
    tooltip: () => containerTooltip(container, pod),
    ...(children && { children: () => [...portNodes(id, container), ...mountNodes(id, container)] }),
  };
}

function roleText(container: Container): string {
  switch (container.role) {
    case 'main':
      return vscode.l10n.t('container');
    case 'init':
      return vscode.l10n.t('init container');
    case 'sidecar':
      return vscode.l10n.t('sidecar container');
    case 'ephemeral':
      return vscode.l10n.t('ephemeral container');
  }
}

function containerTooltip(container: Container, pod: Pod): vscode.MarkdownString {
  const { state } = container;
  return tooltip(container.name, [
    [vscode.l10n.t('Kind'), roleText(container)],
    [vscode.l10n.t('Image'), container.image],
    [vscode.l10n.t('State'), containerStateText(container, pod)],
    [vscode.l10n.t('Message'), 'message' in state ? state.message : ''],
    [vscode.l10n.t('Restarts'), String(container.restarts)],
    [vscode.l10n.t('Ports'), container.ports.map(portText).join(', ')],
  ]);
}

function portNodes(id: string, container: Container): readonly ExplorerNode[] {
  return container.ports.map((port, index) => ({
    id: `${id}/port:${index}`,
    row: row({
      label: portText(port),
      kind: vscode.l10n.t('container port'),
      parts: [
        vscode.l10n.t('declared port'),
        port.hostPort === undefined ? '' : vscode.l10n.t('on the node as {0}', port.hostPort),
      ],
      icon: { id: 'plug' },
      viewItem: viewItems.port,
    }),
  }));
}

function mountNodes(id: string, container: Container): readonly ExplorerNode[] {
  return container.mounts.map((mount, index) => ({
    id: `${id}/mount:${index}`,
    row: row({
      label: mount.path,
      kind: vscode.l10n.t('mount'),
      parts: [
        vscode.l10n.t('volume {0}', mount.volume),
        accessText(mount.readOnly),
        mount.subPath === '' ? '' : vscode.l10n.t('only {0} of it', mount.subPath),
      ],
      icon: { id: mount.readOnly ? 'lock' : 'folder' },
      viewItem: viewItems.mount,
    }),
  }));
}
