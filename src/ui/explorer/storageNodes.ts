import * as vscode from 'vscode';
import type { PersistentVolume, StorageClass } from '../../model/storage.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { row, tooltip } from './words.ts';

/** A persistent volume: where its data is, who has it, and what becomes of it. */
export function persistentVolumeNode(scene: Scene, parentId: string, volume: PersistentVolume): ExplorerNode {
  const id = `${parentId}/pv:${volume.name}`;
  const { claim, source } = volume;
  return {
    id,
    subject: { is: 'object', apiVersion: 'v1', kind: 'PersistentVolume', namespace: '', name: volume.name },
    row: row({
      label: volume.name,
      kind: vscode.l10n.t('persistent volume'),
      parts: [
        volume.phase,
        volume.capacity,
        source.kind,
        source.reference,
        claim === undefined ? '' : vscode.l10n.t('claimed by {0}', `${claim.namespace}/${claim.name}`),
      ],
      icon: { id: 'save' },
      viewItem: viewItems.persistentVolume,
    }),
    tooltip: () =>
      tooltip(volume.name, [
        [vscode.l10n.t('Access'), volume.accessModes.join(', ')],
        [vscode.l10n.t('When the claim is deleted'), reclaimText(volume.reclaimPolicy)],
      ]),
    children: () => [
      factNode({ id: `${id}/reclaim`, label: reclaimText(volume.reclaimPolicy), icon: { id: 'history' } }),
      ...classLink(scene, id, volume.storageClass),
    ],
  };
}

/** The class a claim or volume names; a row of its own says where the class does not exist. */
export function classLink(scene: Scene, parentId: string, name: string): readonly ExplorerNode[] {
  if (name === '') return [];
  const found = scene.snapshot.get('StorageClass', '', name);
  if (found !== undefined) return [storageClassNode(found, parentId)];
  const missing = scene.snapshot.coverage('StorageClass').is === 'complete';
  return [
    factNode({
      id: `${parentId}/class:${name}`,
      label: name,
      kind: vscode.l10n.t('storage class'),
      parts: [missing ? vscode.l10n.t('there is no storage class of this name') : vscode.l10n.t('not known')],
      icon: missing ? { id: 'warning', color: 'list.warningForeground' } : { id: 'archive' },
    }),
  ];
}

export function storageClassNode(storageClass: StorageClass, parentId: string): ExplorerNode {
  const { name, provisioner, isDefault, bindingMode, expandable } = storageClass;
  return {
    id: `${parentId}/class:${name}`,
    subject: { is: 'object', apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', namespace: '', name },
    row: row({
      label: name,
      kind: vscode.l10n.t('storage class'),
      parts: [
        provisioner,
        isDefault ? vscode.l10n.t('default') : '',
        bindingMode === 'WaitForFirstConsumer' ? vscode.l10n.t('waits for a pod') : '',
      ],
      icon: { id: 'archive' },
      viewItem: viewItems.storageClass,
    }),
    tooltip: () =>
      tooltip(name, [
        [vscode.l10n.t('Provisioner'), provisioner],
        [vscode.l10n.t('When the claim is deleted'), reclaimText(storageClass.reclaimPolicy)],
        [vscode.l10n.t('Binding'), bindingMode],
        [vscode.l10n.t('Can grow'), expandable ? vscode.l10n.t('yes') : vscode.l10n.t('no')],
      ]),
  };
}

function reclaimText(policy: string): string {
  switch (policy) {
    case 'Delete':
      return vscode.l10n.t('Deleted with its claim, and the data with it');
    case 'Recycle':
      return vscode.l10n.t('Emptied when its claim is deleted, then free again');
    default:
      return vscode.l10n.t('Kept with its data when its claim is deleted');
  }
}
