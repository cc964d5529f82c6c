import * as vscode from 'vscode';
import type { DisposableStore } from '../../../base/event.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { concernsLenses } from './lensSettings.ts';
import type { LiveCluster } from './liveCluster.ts';

/** Fires when lenses and hints may say something else: other files, another cluster's state, other settings. */
export function lensChanges(
  { index, live }: { readonly index: WorkspaceIndex; readonly live: LiveCluster },
  store: DisposableStore,
): vscode.Event<void> {
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(index.onDidChange(() => changed.fire()));
  store.add(live.onDidChange(() => changed.fire()));
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (concernsLenses(change)) changed.fire();
    }),
  );
  return changed.event;
}
