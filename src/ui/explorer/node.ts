import type * as vscode from 'vscode';
import type { NamespaceScope } from '../../model/connection.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ViewItem } from '../host/ids.ts';
import type { Subject } from '../host/subject.ts';

/** What the tree is drawn from. */
export interface Scene {
  readonly snapshot: Snapshot;
  readonly scope: NamespaceScope;
  /** The whole connection is behind, which the view says above the tree: no row need say so. */
  readonly isBehind: boolean;
  /** Words that everything shown must have; '' for no filter. */
  readonly filter: string;
  /** All namespaces in one list, each row with its own. */
  readonly together: boolean;
}

/** An icon of VS Code's own set; the state it shows stands in the row's words too. */
export interface Icon {
  readonly id: string;
  /** A theme colour's id. */
  readonly color?: string;
}

/** One row as it is on the screen. All text is already safe to show. */
export interface Row {
  /** The thing's name. */
  readonly label: string;
  /** Its state. */
  readonly description: string;
  readonly icon: Icon | undefined;
  readonly viewItem: ViewItem;
  /** For screen readers; starts with the name. */
  readonly spoken: string;
}

/** A node of the tree at one moment: plain data, its children made when asked for. */
export interface ExplorerNode {
  /** Unique in the tree and the same for as long as the thing exists. */
  readonly id: string;
  readonly row: Row;
  readonly subject?: Subject;
  /** Absent for leaves. */
  readonly children?: () => readonly ExplorerNode[];
  readonly startsExpanded?: boolean;
  /** What a click runs, for rows that point to a way out. */
  readonly command?: vscode.Command;
  readonly tooltip?: () => vscode.MarkdownString;
}

export function sameRow(a: Row, b: Row): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.viewItem === b.viewItem &&
    a.spoken === b.spoken &&
    a.icon?.id === b.icon?.id &&
    a.icon?.color === b.icon?.color
  );
}
