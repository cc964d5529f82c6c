import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import type { Kind } from '../../model/objects.ts';
import type { Coverage } from '../../model/snapshot.ts';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode, Icon, Scene } from './node.ts';
import { row, tooltip } from './words.ts';

/** A row for each kind that could not be read, is still being read, or is no longer current. */
export function coverageNodes(
  scene: Scene,
  parentId: string,
  kinds: readonly Kind[],
): readonly ExplorerNode[] {
  return kinds.flatMap((kind) => {
    const coverage = scene.snapshot.coverage(kind);
    if (coverage.is === 'complete' || (coverage.is === 'stale' && scene.isBehind)) return [];
    const text = coverageText(kind, coverage);
    const message = 'message' in coverage ? coverage.message : '';
    return {
      id: `${parentId}/coverage:${kind}`,
      row: row({
        label: text,
        parts: [oneLine(message, 120)],
        icon: iconOf(coverage),
        viewItem: viewItems.problem,
      }),
      tooltip: () => tooltip(text, [[vscode.l10n.t('The server said'), message]]),
    };
  });
}

function coverageText(kind: Kind, coverage: Exclude<Coverage, { is: 'complete' }>): string {
  const what = plural(kind);
  switch (coverage.is) {
    case 'unread':
    case 'loading':
      return vscode.l10n.t('{0} are being read', what);
    case 'forbidden':
      return coverage.except === undefined
        ? vscode.l10n.t('{0} may not be listed', what)
        : vscode.l10n.t('{0} may be listed in {1} only', what, coverage.except.join(', '));
    case 'failed':
      return vscode.l10n.t('{0} cannot be read', what);
    case 'stale':
      return vscode.l10n.t('{0} as of {1}', what, new Date(coverage.since).toLocaleTimeString());
  }
}

function iconOf(coverage: Coverage): Icon {
  switch (coverage.is) {
    case 'forbidden':
      return { id: 'lock', color: 'list.warningForeground' };
    case 'failed':
      return { id: 'error', color: 'list.errorForeground' };
    case 'stale':
      return { id: 'history', color: 'list.warningForeground' };
    case 'unread':
    case 'loading':
    case 'complete':
      return { id: 'sync' };
  }
}

function plural(kind: Kind): string {
  switch (kind) {
    case 'Pod':
      return vscode.l10n.t('Pods');
    case 'Service':
      return vscode.l10n.t('Services');
    case 'EndpointSlice':
      return vscode.l10n.t('Endpoint slices');
    case 'Node':
      return vscode.l10n.t('Nodes');
    case 'Namespace':
      return vscode.l10n.t('Namespaces');
    case 'NetworkPolicy':
      return vscode.l10n.t('Network policies');
    case 'PersistentVolumeClaim':
      return vscode.l10n.t('Volume claims');
    case 'PersistentVolume':
      return vscode.l10n.t('Persistent volumes');
    case 'StorageClass':
      return vscode.l10n.t('Storage classes');
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy':
    case 'ClusterNetworkPolicy':
      return vscode.l10n.t('Cluster-wide network policies');
  }
}
