import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { oneLine } from '../../base/hostileText.ts';
import { viewItems } from '../host/ids.ts';
import type { Subject } from '../host/subject.ts';
import type { ForwardList, OpenForward } from './forwardList.ts';

/** What menus hand over of a forward: commands on addresses work on it too. */
export class ForwardItem {
  readonly id: string;
  readonly subject: Subject;

  constructor({ id, forward }: OpenForward) {
    this.id = id;
    this.subject = { is: 'address', address: addressOf(forward.localPort) };
  }
}

export function addressOf(localPort: number): string {
  return `localhost:${localPort}`;
}

/** The open port-forwards as a list. */
export class ForwardsTree implements vscode.TreeDataProvider<ForwardItem>, Disposable {
  readonly #list: ForwardList;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(list: ForwardList) {
    this.#list = list;
    this.#subscription = list.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(item?: ForwardItem): ForwardItem[] {
    return item === undefined ? this.#list.all.map((open) => new ForwardItem(open)) : [];
  }

  getTreeItem({ id }: ForwardItem): vscode.TreeItem {
    const open = this.#list.get(id);
    if (open === undefined) return new vscode.TreeItem(id);
    const { forward, what, context } = open;
    const item = new vscode.TreeItem(addressOf(forward.localPort));
    const state = stateText(open);
    item.id = id;
    item.description = oneLine([`→ ${what}`, state].join(' · '));
    item.contextValue = viewItems.forward;
    item.iconPath =
      forward.state.is === 'failing'
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('plug');
    item.tooltip = oneLine(
      vscode.l10n.t(
        '{0} leads to port {1} of pod {2} in {3}',
        addressOf(forward.localPort),
        forward.target.port,
        `${forward.target.namespace}/${forward.target.pod}`,
        context,
      ),
      600,
    );
    item.accessibilityInformation = { label: [item.label as string, item.description].join(', ') };
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function stateText({ forward: { state } }: OpenForward): string {
  switch (state.is) {
    case 'open':
      return state.connections === 1
        ? vscode.l10n.t('1 connection')
        : vscode.l10n.t('{0} connections', state.connections);
    case 'failing':
      return vscode.l10n.t('fails: {0}', state.message);
    case 'closed':
      return vscode.l10n.t('closed');
  }
}
