import type { Event, TreeItem } from 'vscode';

/** What the suite in the extension host sees of a view: the very items that VS Code is given. */
export interface TestTree {
  readonly onDidChangeTreeData: Event<unknown>;
  /** undefined: the top. Elements are those of an earlier call. */
  getChildren(element?: unknown): Promise<readonly unknown[]>;
  getTreeItem(element: unknown): TreeItem;
  resolveTooltip(element: unknown): TreeItem['tooltip'];
}

/** What the suite sees of a panel: what its page is shown, and a way to speak as the page does. */
export interface TestPanel {
  readonly content: unknown;
  hear(message: unknown): Promise<void>;
}

/** What activation returns when VS Code runs a suite; undefined for users. */
export interface TestApi {
  readonly cluster: TestTree;
  readonly checks: TestTree;
  /** The panels with matrices that are open. */
  readonly matrices: { readonly open: readonly TestPanel[] };
}

/** A tree as the suite sees it. */
export function testTree<T extends object>(provider: {
  readonly onDidChangeTreeData: Event<unknown>;
  getChildren(element?: T): T[] | Promise<T[]>;
  getTreeItem(element: T): TreeItem;
  resolveTreeItem?(item: TreeItem, element: T): TreeItem;
}): TestTree {
  return {
    onDidChangeTreeData: provider.onDidChangeTreeData,
    getChildren: async (element) => provider.getChildren(element as T | undefined),
    getTreeItem: (element) => provider.getTreeItem(element as T),
    resolveTooltip: (element) => {
      const item = provider.getTreeItem(element as T);
      return (provider.resolveTreeItem?.(item, element as T) ?? item).tooltip;
    },
  };
}
