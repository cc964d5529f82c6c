import * as vscode from 'vscode';
import type { Kind } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { viewItems } from '../host/ids.ts';
import { groupNodes } from './groupNodes.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { row } from './words.ts';

const shownKinds: readonly Kind[] = ['Pod', 'Service'];

/** The top of the tree: the groups of the one namespace, or a row for each of several. */
export function roots(scene: Scene): readonly ExplorerNode[] {
  if (isEmpty(scene.snapshot)) return [];
  const namespaces = namespacesOf(scene);
  const [only] = namespaces;
  if (only !== undefined && scene.scope.is === 'only' && scene.scope.namespaces.length === 1) {
    return groupNodes(scene, only);
  }
  return namespaces.map((namespace) => namespaceNode(scene, namespace));
}

/** Whether all was read and there is nothing to show. */
export function isEmpty(snapshot: Snapshot): boolean {
  return shownKinds.every(
    (kind) => snapshot.coverage(kind).is === 'complete' && snapshot.namespacesWith(kind).length === 0,
  );
}

function namespacesOf({ snapshot, scope }: Scene): readonly string[] {
  if (scope.is === 'only') return scope.namespaces;
  const found = new Set(shownKinds.flatMap((kind) => snapshot.namespacesWith(kind)));
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

function namespaceNode(scene: Scene, namespace: string): ExplorerNode {
  const pods = scene.snapshot.inNamespace('Pod', namespace).length;
  return {
    id: namespace,
    row: row({
      label: namespace,
      kind: vscode.l10n.t('namespace'),
      parts: [pods === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods)],
      icon: { id: 'symbol-namespace' },
      viewItem: viewItems.namespace,
    }),
    children: () => groupNodes(scene, namespace),
  };
}
