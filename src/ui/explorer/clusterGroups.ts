import * as vscode from 'vscode';
import { tierPolicyKinds } from '../../model/tierPolicy.ts';
import { coverageNodes } from './coverageNodes.ts';
import { groupNode, listGroup } from './listGroup.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { nodeNode } from './nodeNode.ts';
import { persistentVolumeNode, storageClassNode } from './storageNodes.ts';
import { tierPolicyNode } from './tierPolicyNode.ts';
import { visible } from './visible.ts';

/** What belongs to no namespace. Ids begin with a slash, as no namespace does. */
export function clusterGroups(scene: Scene): readonly ExplorerNode[] {
  return [
    listGroup(scene, {
      id: '/nodes',
      label: vscode.l10n.t('Nodes'),
      icon: 'server',
      kind: 'Node',
      items: visible(scene, 'Node', ''),
      toNode: (node, id) => nodeNode(scene, id, node),
    }),
    ...storage(scene),
    ...tierPolicies(scene),
  ];
}

function storage(scene: Scene): readonly ExplorerNode[] {
  const volumes = visible(scene, 'PersistentVolume', '');
  const classes = visible(scene, 'StorageClass', '');
  return [
    ...(volumes.length === 0
      ? []
      : [
          listGroup(scene, {
            id: '/volumes',
            label: vscode.l10n.t('Persistent volumes'),
            icon: 'save',
            kind: 'PersistentVolume',
            items: volumes,
            toNode: (volume, id) => persistentVolumeNode(scene, id, volume),
          }),
        ]),
    ...(classes.length === 0
      ? []
      : [
          listGroup(scene, {
            id: '/classes',
            label: vscode.l10n.t('Storage classes'),
            icon: 'archive',
            kind: 'StorageClass',
            items: classes,
            toNode: storageClassNode,
          }),
        ]),
  ];
}

/** Shown only where the cluster has such policies, or has them and does not show them. */
function tierPolicies(scene: Scene): readonly ExplorerNode[] {
  const id = '/policies';
  const policies = tierPolicyKinds.flatMap((kind) => visible(scene, kind, ''));
  const gaps = tierPolicyKinds.filter((kind) => {
    const { is } = scene.snapshot.coverage(kind);
    return is === 'forbidden' || is === 'failed';
  });
  if (policies.length === 0 && gaps.length === 0) return [];
  return [
    groupNode({
      id,
      label: vscode.l10n.t('Cluster-wide network policies'),
      icon: 'shield',
      count: gaps.length === 0 ? policies.length : undefined,
      startsExpanded: false,
      children: () => [
        ...coverageNodes(scene, id, gaps),
        ...policies.map((policy) => tierPolicyNode(id, policy)),
      ],
    }),
  ];
}
