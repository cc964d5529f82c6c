import type { Subject } from '../host/subject.ts';
import { viewItems, type ViewItem } from '../host/ids.ts';
import type { ExplorerNode, Icon } from './node.ts';
import { row } from './words.ts';

/** A row that says one thing; with a subject it stands for an object and commands can be run on it. */
export function factNode(options: {
  readonly id: string;
  readonly label: string;
  readonly parts?: readonly (string | undefined)[];
  readonly icon?: Icon;
  readonly kind?: string;
  readonly subject?: Subject;
  readonly viewItem?: ViewItem;
  readonly children?: () => readonly ExplorerNode[];
}): ExplorerNode {
  const { id, label, parts = [], icon = { id: 'info' }, kind, subject, viewItem, children } = options;
  return {
    id,
    ...(subject !== undefined && { subject }),
    row: row({
      label,
      parts,
      icon,
      viewItem: viewItem ?? viewItems.fact,
      ...(kind !== undefined && { kind }),
    }),
    ...(children !== undefined && { children }),
  };
}
