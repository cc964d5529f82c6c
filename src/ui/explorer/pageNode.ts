import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode } from './node.ts';
import type { Page } from './pages.ts';

/** The row that stands for a part of a long list. */
export function pageNode(
  id: string,
  first: string,
  last: string,
  page: Page,
): Omit<ExplorerNode, 'children'> {
  const label = `${oneLine(first)} … ${oneLine(last)}`;
  const description = vscode.l10n.t('{0} to {1}', page.from + 1, page.to);
  return {
    id,
    row: {
      label,
      description,
      icon: { id: 'list-unordered' },
      viewItem: viewItems.group,
      spoken: `${label}, ${description}`,
    },
  };
}
