import * as vscode from 'vscode';
import type { Disposable } from '../../../base/event.ts';
import { bareYaml } from '../../../manifest/bareObject.ts';
import { ComparedTexts, showComparison } from '../../host/comparedTexts.ts';
import { titleOf } from './plan.ts';
import type { Rehearsal, Verdict } from './rehearse.ts';

export type Shown = Extract<Verdict, { is: 'new' | 'changed' | 'unchanged' }>;

/** Shows an object as it is in the cluster beside what it would become. Texts live as long as they are open. */
export class ObjectTexts implements Disposable {
  readonly #texts = new ComparedTexts('podnetwork-manifest');

  dispose(): void {
    this.#texts.dispose();
  }

  /** Opens the comparison and answers its tab's title. The focus stays where it is. */
  async compare({ name }: Rehearsal, { live, after }: Shown, context: string): Promise<string> {
    const title = vscode.l10n.t('{0}: in {1} ↔ as applied', titleOf(name), context);
    const before = this.#texts.add(
      `${name.name} in ${context}.yaml`,
      live === undefined ? '' : bareYaml(live),
    );
    const now = this.#texts.add(`${name.name} as applied.yaml`, bareYaml(after));
    await showComparison(before, now, title);
    return title;
  }
}

/** Closes the comparisons that have done their work. */
export async function closeTabs(titles: ReadonlySet<string>): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ label, input }) => input instanceof vscode.TabInputTextDiff && titles.has(label));
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
