import * as vscode from 'vscode';
import { searchObjects, type SearchHit } from '../../model/search.ts';
import { openCluster } from '../host/openCluster.ts';
import type { RevealObject } from '../host/revealObject.ts';
import type { Session } from '../host/session.ts';
import { iconless } from '../host/shownText.ts';
import type { TreeOptions } from '../host/treeOptions.ts';

interface Item extends vscode.QuickPickItem {
  readonly hit: SearchHit;
}

const mostShown = 100;

/** Looks for objects of all kinds while the user types, and shows the chosen one in the tree. */
export async function search(session: Session, options: TreeOptions, reveal: RevealObject): Promise<void> {
  const { connection } = await openCluster(session);
  const watch = connection.watch();
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = vscode.l10n.t('Search the Cluster');
  picker.placeholder = vscode.l10n.t('A name, IP address, label (app=web), port or image');
  // The list holds what was found, also where the label does not show it.
  picker.matchOnDescription = true;
  const look = (): void => {
    picker.items = searchObjects(connection.snapshot, picker.value, mostShown).map(itemOf);
  };
  picker.onDidChangeValue(look);
  const follow = connection.onDidChange(look);
  try {
    const chosen = await new Promise<SearchHit | undefined>((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.hit));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
    if (chosen === undefined) return;
    if (options.filter !== '') options.filter = '';
    if (await reveal(chosen.object)) return;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is not shown in the tree.', `${chosen.object.kind} ${iconless(chosen.object.name)}`),
    );
  } finally {
    follow.dispose();
    watch.dispose();
    picker.dispose();
  }
}

function itemOf(hit: SearchHit): Item {
  const { object, by, match } = hit;
  return {
    hit,
    label: iconless(object.name),
    iconPath: new vscode.ThemeIcon(iconOf(object.kind)),
    description: [object.kind, object.namespace].filter(Boolean).join(' · '),
    detail: by === 'name' ? '' : iconless(match),
    alwaysShow: true,
  };
}

/** The icons that the tree has for them. */
function iconOf(kind: SearchHit['object']['kind']): string {
  switch (kind) {
    case 'Pod':
      return 'layers';
    case 'Service':
      return 'type-hierarchy';
    case 'Node':
      return 'server';
    case 'Namespace':
      return 'symbol-namespace';
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return 'database';
    case 'StorageClass':
      return 'archive';
    case 'EndpointSlice':
      return 'list-tree';
    case 'NetworkPolicy':
    case 'ClusterNetworkPolicy':
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy':
      return 'shield';
  }
}

/** Asks for words that everything shown must have. */
export async function filterTree(options: TreeOptions): Promise<void> {
  const filter = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter the Cluster View'),
    prompt: vscode.l10n.t(
      'Show only what has these words in name, IP, labels, ports or images. Empty: everything.',
    ),
    value: options.filter,
  });
  if (filter !== undefined) options.filter = filter;
}
