import * as vscode from 'vscode';
import type { PersistentVolumeClaim } from '../../model/storage.ts';
import { podsOfClaim } from '../../model/volumeKinds.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Icon, Scene } from './node.ts';
import { whereText, type Place } from './place.ts';
import { podLinks } from './podLinks.ts';
import { classLink, persistentVolumeNode } from './storageNodes.ts';
import { row, tooltip } from './words.ts';

/** A claim: the volume it got, the class that made it, and the pods that mount it. */
export function claimNode(
  scene: Scene,
  parentId: string,
  claim: PersistentVolumeClaim,
  place?: Place,
): ExplorerNode {
  const id = `${parentId}/claim:${claim.namespace}/${claim.name}`;
  return {
    id,
    subject: {
      is: 'object',
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: claim.namespace,
      name: claim.name,
    },
    row: row({
      label: claim.name,
      kind: vscode.l10n.t('volume claim'),
      parts: [
        place === undefined ? '' : whereText(place, claim.namespace),
        claim.phase,
        claim.capacity || claim.requested,
        claim.accessModes.join(', '),
        claim.storageClass ?? vscode.l10n.t('default class'),
      ],
      icon: iconOf(claim),
      viewItem: viewItems.claim,
    }),
    tooltip: () =>
      tooltip(claim.name, [
        [vscode.l10n.t('State'), claim.phase],
        [vscode.l10n.t('Asked for'), claim.requested],
        [vscode.l10n.t('Got'), claim.capacity],
        [vscode.l10n.t('Volume'), claim.volumeName],
      ]),
    children: () => [
      ...volumeLink(scene, id, claim),
      ...(claim.volumeName === '' ? classLink(scene, id, claim.storageClass ?? '') : []),
      ...podLinks(id, podsOfClaim(scene.snapshot, claim.namespace, claim.name), claim.namespace),
    ],
  };
}

function volumeLink(
  scene: Scene,
  id: string,
  { volumeName, storageClass, phase }: PersistentVolumeClaim,
): readonly ExplorerNode[] {
  if (volumeName !== '') {
    const volume = scene.snapshot.get('PersistentVolume', '', volumeName);
    if (volume !== undefined) return [persistentVolumeNode(scene, id, volume)];
    return [
      factNode({
        id: `${id}/pv:${volumeName}`,
        label: volumeName,
        kind: vscode.l10n.t('persistent volume'),
        parts: [vscode.l10n.t('not known')],
        icon: { id: 'save' },
      }),
    ];
  }
  if (phase === 'Bound') return [];
  const waits =
    scene.snapshot.get('StorageClass', '', storageClass ?? '')?.bindingMode === 'WaitForFirstConsumer';
  return [
    factNode({
      id: `${id}/unbound`,
      label: waits ? vscode.l10n.t('Bound once a pod uses it') : vscode.l10n.t('Bound to no volume yet'),
      icon: { id: 'watch' },
    }),
  ];
}

function iconOf({ phase }: PersistentVolumeClaim): Icon {
  if (phase === 'Lost') return { id: 'error', color: 'list.errorForeground' };
  return phase === 'Pending' ? { id: 'watch', color: 'list.warningForeground' } : { id: 'save-all' };
}
