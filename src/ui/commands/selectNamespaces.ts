import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import type { NamespaceScope } from '../../model/connection.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import { iconless } from '../host/shownText.ts';

interface Item extends vscode.QuickPickItem {
  /** undefined: all namespaces. */
  readonly namespace: string | undefined;
}

const namePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Asks which namespaces to show: ticks in a list, or names typed where namespaces may not be listed. */
export async function selectNamespaces(session: Session): Promise<void> {
  const { connection, context } = await openCluster(session);
  const { scope, snapshot } = connection;
  const chosen = await ask(knownNamespaces(snapshot, scope, context.namespace), scope, canList(snapshot));
  await session.useScope(chosen);
}

function canList(snapshot: Snapshot): boolean {
  const { is } = snapshot.coverage('Namespace');
  return is === 'complete' || is === 'stale';
}

function knownNamespaces(snapshot: Snapshot, scope: NamespaceScope, own: string): readonly string[] {
  const listed = snapshot.all('Namespace').map(({ name }) => name);
  const inScope = scope.is === 'only' ? scope.namespaces : [];
  return [...new Set([...listed, ...inScope, own])].sort((a, b) => (a < b ? -1 : 1));
}

async function ask(
  known: readonly string[],
  scope: NamespaceScope,
  listed: boolean,
): Promise<NamespaceScope> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = vscode.l10n.t('Select Namespaces');
  picker.placeholder = listed
    ? vscode.l10n.t('Tick the namespaces to show')
    : vscode.l10n.t('Namespaces cannot be listed here: type a name');
  picker.canSelectMany = true;
  const all: Item = {
    label: `$(globe) ${vscode.l10n.t('All namespaces')}`,
    namespace: undefined,
  };
  const items = known.map(itemOf);
  picker.items = [all, ...items];
  picker.selectedItems =
    scope.is === 'all' ? [all] : items.filter(({ namespace }) => scope.namespaces.includes(namespace ?? ''));
  picker.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = namePattern.test(typed) && !picker.items.some(({ namespace }) => namespace === typed);
    if (!isNew) return;
    // Names typed before and ticked stay; those typed halfway go.
    const selected = [...picker.selectedItems];
    const kept = picker.items.filter(
      (item) => item === all || known.includes(item.namespace ?? '') || selected.includes(item),
    );
    picker.items = [...kept, { ...itemOf(typed), description: vscode.l10n.t('typed') }];
    picker.selectedItems = selected;
  });
  const atFirst = new Set(picker.selectedItems);
  const accepted = (): readonly Item[] => {
    const typed = picker.items.filter(({ namespace }) => namespace === picker.value.trim());
    const ticked = picker.selectedItems;
    const untouched = ticked.length === atFirst.size && ticked.every((item) => atFirst.has(item));
    // A name typed out and no tick changed: that name is meant, not what was ticked before.
    return typed.length > 0 && untouched ? typed : [...new Set([...ticked, ...typed])];
  };
  try {
    const selected = await new Promise<readonly Item[]>((resolve, reject) => {
      picker.onDidAccept(() => {
        const items = accepted();
        if (items.length > 0) resolve(items);
      });
      picker.onDidHide(() => reject(new CancelledError()));
      picker.show();
    });
    const namespaces = selected.map(({ namespace }) => namespace).filter((name) => name !== undefined);
    return namespaces.length < selected.length ? { is: 'all' } : { is: 'only', namespaces };
  } finally {
    picker.dispose();
  }
}

function itemOf(namespace: string): Item {
  return { label: iconless(namespace), namespace };
}
