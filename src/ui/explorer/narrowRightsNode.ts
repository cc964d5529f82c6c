import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import { commands, viewItems } from '../host/ids.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { row, tooltip } from './words.ts';

/**
 * A row before all namespaces where the rights reach only some of them: nobody shall take what is shown for the whole
 * cluster. A click chooses other namespaces.
 */
export function narrowRightsNodes({ snapshot, scope }: Scene): readonly ExplorerNode[] {
  const coverage = snapshot.coverage('Pod');
  if (scope.is !== 'all' || coverage.is !== 'forbidden') return [];
  const { except = [], message } = coverage;
  const title = vscode.l10n.t('Select Namespaces');
  const label =
    except.length === 0
      ? vscode.l10n.t('Pods may not be listed')
      : vscode.l10n.t('Only {0} is shown', except.join(', '));
  return [
    {
      id: '/narrow-rights',
      row: row({
        label,
        parts: [
          vscode.l10n.t('you may not list the pods of all namespaces'),
          vscode.l10n.t('click to choose others'),
        ],
        icon: { id: 'lock', color: 'list.warningForeground' },
        viewItem: viewItems.problem,
      }),
      command: { command: commands.selectNamespaces, title },
      tooltip: () => tooltip(label, [[vscode.l10n.t('The server said'), oneLine(message, 400)]]),
    },
  ];
}
