import * as vscode from 'vscode';
import type { Pod, Volume } from '../../model/objects.ts';
import { mountsOf, type VolumeMount } from '../../model/volumeMounts.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode } from './node.ts';
import { accessText, row, tooltip } from './words.ts';

/** The name the API server's admission gives the token volume it adds to nearly every pod. */
export function isTokenVolume(volume: Volume): boolean {
  return volume.kind === 'projected' && volume.name.startsWith('kube-api-access-');
}

/** A pod's volume with every place where it is mounted. Below a pod the pod's name is left out. */
export function volumeNode(parentId: string, pod: Pod, volume: Volume, below: 'pod' | 'list'): ExplorerNode {
  const id = `${parentId}/volume:${pod.name}/${volume.name}`;
  const mounts = mountsOf(pod, volume);
  return {
    id,
    row: row({
      label: volume.name,
      kind: vscode.l10n.t('volume'),
      parts: [
        volume.kind,
        isTokenVolume(volume) ? vscode.l10n.t('service account token') : volume.source,
        below === 'list' ? vscode.l10n.t('pod {0}', pod.name) : '',
        isTokenVolume(volume) ? '' : mountedText(mounts),
      ],
      icon: { id: isTokenVolume(volume) ? 'key' : 'database' },
      viewItem: viewItems.volume,
    }),
    tooltip: () =>
      tooltip(volume.name, [
        [vscode.l10n.t('Kind'), volume.kind],
        [vscode.l10n.t('Source'), volume.source],
        [vscode.l10n.t('Pod'), `${pod.namespace}/${pod.name}`],
        ...mounts.map((mount) => [vscode.l10n.t('Mounted'), mountText(mount)] as const),
      ]),
    ...(mounts.length > 0 && { children: () => mounts.map((mount, index) => mountNode(id, mount, index)) }),
  };
}

function mountedText(mounts: readonly VolumeMount[]): string {
  if (mounts.length === 0) return vscode.l10n.t('mounted nowhere');
  const containers = new Set(mounts.map(({ container }) => container));
  if (containers.size > 1) return vscode.l10n.t('shared by {0} containers', containers.size);
  return mounts.length === 1 ? '' : vscode.l10n.t('mounted at {0} paths', mounts.length);
}

function mountText(mount: VolumeMount): string {
  return `${mount.container}: ${mount.path} (${accessText(mount.readOnly)})`;
}

function mountNode(id: string, mount: VolumeMount, index: number): ExplorerNode {
  return {
    id: `${id}/mount:${index}`,
    row: row({
      label: mount.path,
      kind: vscode.l10n.t('mount'),
      parts: [
        vscode.l10n.t('container {0}', mount.container),
        accessText(mount.readOnly),
        mount.subPath === '' ? '' : vscode.l10n.t('only {0} of it', mount.subPath),
      ],
      icon: { id: mount.readOnly ? 'lock' : 'folder' },
      viewItem: viewItems.mount,
    }),
  };
}
