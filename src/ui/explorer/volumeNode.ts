import * as vscode from 'vscode';
import type { Pod, Volume } from '../../model/objects.ts';
import { isOldInTree, lifetimeOf, podsSharing } from '../../model/volumeKinds.ts';
import { mountsOf, type VolumeMount } from '../../model/volumeMounts.ts';
import { viewItems } from '../host/ids.ts';
import { claimNode } from './claimNode.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { podLinks } from './podLinks.ts';
import { lifetimeText } from './volumeText.ts';
import { accessText, row, tooltip } from './words.ts';

/** The name the API server's admission gives the token volume it adds to nearly every pod. */
export function isTokenVolume(volume: Volume): boolean {
  return volume.kind === 'projected' && volume.name.startsWith('kube-api-access-');
}

/** A pod's volume: every place where it is mounted, how long it lives, and what stands behind it. */
export function volumeNode(
  scene: Scene,
  parentId: string,
  pod: Pod,
  volume: Volume,
  below: 'pod' | 'list',
): ExplorerNode {
  const id = `${parentId}/volume:${pod.namespace}/${pod.name}/${volume.name}`;
  const mounts = mountsOf(pod, volume);
  const sharing = podsSharing(scene.snapshot, pod, volume);
  return {
    id,
    row: row({
      label: volume.name,
      kind: vscode.l10n.t('volume'),
      parts: [
        volume.kind,
        isOldInTree(volume) ? vscode.l10n.t('old in-tree kind') : '',
        isTokenVolume(volume) ? vscode.l10n.t('service account token') : volume.source,
        volume.sizeLimit,
        below === 'list' ? vscode.l10n.t('pod {0}', pod.name) : '',
        isTokenVolume(volume) ? '' : mountedText(mounts),
        sharing.length === 0 ? '' : vscode.l10n.t('shared by {0} pods', sharing.length + 1),
      ],
      icon: { id: isTokenVolume(volume) ? 'key' : 'database' },
      viewItem: viewItems.volume,
    }),
    tooltip: () =>
      tooltip(volume.name, [
        [vscode.l10n.t('Kind'), volume.kind],
        [vscode.l10n.t('Source'), volume.source],
        [vscode.l10n.t('Lifetime'), lifetimeText(lifetimeOf(volume))],
        [vscode.l10n.t('Pod'), `${pod.namespace}/${pod.name}`],
        ...mounts.map((mount) => [vscode.l10n.t('Mounted'), mountText(mount)] as const),
      ]),
    children: () => [
      ...mounts.map((mount, index) => mountNode(id, mount, index)),
      factNode({ id: `${id}/lifetime`, label: lifetimeText(lifetimeOf(volume)), icon: { id: 'history' } }),
      ...claimOf(scene, id, pod, volume),
      ...(sharing.length === 0 || volume.kind === 'persistentVolumeClaim'
        ? []
        : podLinks(id, sharing, pod.namespace)),
    ],
  };
}

function claimOf(scene: Scene, id: string, pod: Pod, volume: Volume): readonly ExplorerNode[] {
  // A generic ephemeral volume's claim is named after the pod and the volume (core/v1 EphemeralVolumeSource).
  const name =
    volume.kind === 'persistentVolumeClaim'
      ? volume.source
      : volume.kind === 'ephemeral'
        ? `${pod.name}-${volume.name}`
        : undefined;
  if (name === undefined) return [];
  const claim = scene.snapshot.get('PersistentVolumeClaim', pod.namespace, name);
  if (claim !== undefined) return [claimNode(scene, id, claim)];
  const missing = scene.snapshot.coverage('PersistentVolumeClaim').is === 'complete';
  return [
    factNode({
      id: `${id}/claim`,
      label: name,
      kind: vscode.l10n.t('volume claim'),
      parts: [missing ? vscode.l10n.t('there is no claim of this name') : vscode.l10n.t('not known')],
      icon: missing ? { id: 'warning', color: 'list.warningForeground' } : { id: 'save-all' },
    }),
  ];
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
