import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/event.ts';
import { bareYaml } from '../../../manifest/bareObject.ts';
import { titleOf } from './plan.ts';
import type { Rehearsal, Verdict } from './rehearse.ts';

/** The scheme of the read-only texts that comparisons show. */
const scheme = 'podnetwork-manifest';

export type Shown = Extract<Verdict, { is: 'new' | 'changed' | 'unchanged' }>;

/** Shows an object as it is in the cluster beside what it would become. Texts live as long as they are open. */
export class ObjectTexts implements vscode.TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #store = new DisposableStore();
  #count = 0;

  constructor() {
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.toString());
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
    this.#texts.clear();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens the comparison and answers its tab's title. The focus stays where it is. */
  async compare({ name }: Rehearsal, { live, after }: Shown, context: string): Promise<string> {
    const title = vscode.l10n.t('{0}: in {1} ↔ as applied', titleOf(name), context);
    this.#count += 1;
    const before = this.#add(`${name.name} in ${context}`, live === undefined ? '' : bareYaml(live));
    const now = this.#add(`${name.name} as applied`, bareYaml(after));
    await vscode.commands.executeCommand('vscode.diff', before, now, title, {
      preview: true,
      preserveFocus: true,
    });
    return title;
  }

  #add(what: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${this.#count}/${what.replaceAll('/', '-')}.yaml` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}

/** Closes the comparisons that have done their work. */
export async function closeTabs(titles: ReadonlySet<string>): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ label, input }) => input instanceof vscode.TabInputTextDiff && titles.has(label));
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
