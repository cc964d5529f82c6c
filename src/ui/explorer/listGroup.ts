import * as vscode from 'vscode';
import type { Kind } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { coverageNodes } from './coverageNodes.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { pageNode } from './pageNode.ts';
import { paged } from './pages.ts';
import { row } from './words.ts';

interface Group {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly count: number | undefined;
  readonly children: () => readonly ExplorerNode[];
  readonly startsExpanded: boolean;
}

/** A row with a count and its list below it. */
export function groupNode({ id, label, icon, count, children, startsExpanded }: Group): ExplorerNode {
  return {
    id,
    row: row({
      label,
      parts: [count === undefined ? vscode.l10n.t('not known') : String(count)],
      icon: { id: icon },
      viewItem: viewItems.group,
    }),
    children,
    startsExpanded,
  };
}

/** How many there are; undefined where that was not to be found out. */
export function known(scene: Scene, kind: Kind, count: number): number | undefined {
  const { is } = scene.snapshot.coverage(kind);
  return is === 'complete' || is === 'stale' ? count : undefined;
}

/** A group of the objects of one kind, in pages where there are many. */
export function listGroup<T extends { readonly name: string }>(
  scene: Scene,
  options: {
    readonly id: string;
    readonly label: string;
    readonly icon: string;
    readonly kind: Kind;
    readonly items: readonly T[];
    readonly startsExpanded?: boolean;
    readonly toNode: (item: T, parentId: string) => ExplorerNode;
  },
): ExplorerNode {
  const { id, label, icon, kind, items, toNode, startsExpanded = false } = options;
  return groupNode({
    id,
    label,
    icon,
    count: known(scene, kind, items.length),
    startsExpanded,
    children: () => [
      ...coverageNodes(scene, id, [kind]),
      ...paged(
        id,
        items,
        ({ name }) => name,
        (item) => toNode(item, id),
        pageNode,
      ),
    ],
  });
}
