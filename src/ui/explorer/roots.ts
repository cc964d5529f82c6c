import * as vscode from 'vscode';
import type { Kind } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { clusterGroups } from './clusterGroups.ts';
import { isEmpty, shownKinds } from './emptiness.ts';
import { groupNodes } from './groupNodes.ts';
import { narrowRightsNodes } from './narrowRightsNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { placeOf, togetherIn } from './place.ts';
import { visible } from './visible.ts';
import { row } from './words.ts';

const filteredKinds: readonly Kind[] = ['Pod', 'Service', 'NetworkPolicy', 'PersistentVolumeClaim'];

/**
 * The top of the tree: the groups of the one namespace, or a row for each of several, or all of them together; then
 * what belongs to no namespace.
 */
export function roots(scene: Scene): readonly ExplorerNode[] {
  if (isEmpty(scene.snapshot)) return [];
  return [...narrowRightsNodes(scene), ...namespaced(scene), ...clusterGroups(scene)];
}

function namespaced(scene: Scene): readonly ExplorerNode[] {
  const namespaces = namespacesOf(scene);
  const [only] = namespaces;
  if (only !== undefined && scene.scope.is === 'only' && scene.scope.namespaces.length === 1) {
    return groupNodes(scene, placeOf(only));
  }
  if (scene.together) return groupNodes(scene, togetherIn(namespaces));
  return namespaces.map((namespace) => namespaceNode(scene, namespace));
}

function namespacesOf(scene: Scene): readonly string[] {
  const { snapshot, scope, filter } = scene;
  const all =
    scope.is === 'only'
      ? scope.namespaces
      : [...new Set(shownKinds.flatMap((kind) => snapshot.namespacesWith(kind)))].sort((a, b) =>
          a < b ? -1 : 1,
        );
  if (filter === '') return all;
  return all.filter((namespace) => filteredKinds.some((kind) => visible(scene, kind, namespace).length > 0));
}

function namespaceNode(scene: Scene, namespace: string): ExplorerNode {
  const pods = visible(scene, 'Pod', namespace).length;
  return {
    id: namespace,
    subject: { is: 'object', apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace },
    row: row({
      label: namespace,
      kind: vscode.l10n.t('namespace'),
      parts: [pods === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods)],
      icon: { id: 'symbol-namespace' },
      viewItem: viewItems.namespace,
    }),
    startsExpanded: scene.filter !== '',
    children: () => groupNodes(scene, placeOf(namespace)),
  };
}
