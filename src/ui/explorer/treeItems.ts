import { sameRow, type ExplorerNode } from './node.ts';
import type { Subject } from '../host/subject.ts';

/** What VS Code holds of a node: the same object for as long as the node's thing exists. */
export class TreeEntry {
  node: ExplorerNode;
  readonly parent: TreeEntry | undefined;
  /** Set once VS Code has asked for them. */
  children: readonly TreeEntry[] | undefined;

  constructor(node: ExplorerNode, parent: TreeEntry | undefined) {
    this.node = node;
    this.parent = parent;
  }

  /** For commands that menus hand this item to. */
  get subject(): Subject | undefined {
    return this.node.subject;
  }

  /** The children, made when first asked for. */
  expand(): readonly TreeEntry[] {
    this.children ??= (this.node.children?.() ?? []).map((node) => new TreeEntry(node, this));
    return this.children;
  }
}

export interface Reconciled {
  readonly entries: readonly TreeEntry[];
  /** Whether items came, went or moved: then their parent must be asked for its children again. */
  readonly rearranged: boolean;
  /** Entries below whose row or children changed. */
  readonly changed: readonly TreeEntry[];
}

/**
 * Puts new nodes into the entries VS Code knows, by id. Only what was asked for is looked at, so the cost is
 * that of what is on the screen.
 */
export function reconcile(
  before: readonly TreeEntry[],
  nodes: readonly ExplorerNode[],
  parent: TreeEntry | undefined,
): Reconciled {
  const known = new Map(before.map((entry) => [entry.node.id, entry]));
  const changed: TreeEntry[] = [];
  const entries = nodes.map((node) => {
    const entry = known.get(node.id);
    if (entry === undefined) return new TreeEntry(node, parent);
    changed.push(...update(entry, node));
    return entry;
  });
  const rearranged =
    entries.length !== before.length || entries.some((entry, index) => entry !== before[index]);
  return { entries, rearranged, changed };
}

function update(entry: TreeEntry, node: ExplorerNode): readonly TreeEntry[] {
  const old = entry.node;
  entry.node = node;
  const differs =
    !sameRow(old.row, node.row) || (old.children === undefined) !== (node.children === undefined);
  if (entry.children === undefined) return differs ? [entry] : [];
  const below = reconcile(entry.children, node.children?.() ?? [], entry);
  entry.children = below.entries;
  // Asking VS Code to refresh an entry refreshes all below it.
  return differs || below.rearranged ? [entry] : below.changed;
}
