import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { iconless } from '../../host/shownText.ts';
import { contextName } from '../../host/stateText.ts';
import { closeTabs, type ObjectTexts, type Shown } from './objectTexts.ts';
import { titleOf } from './plan.ts';
import type { Rehearsal } from './rehearse.ts';

interface Item extends vscode.QuickPickItem {
  readonly rehearsal: Rehearsal;
}

/** More fields or managers than these are counted, not named. */
const mostNamed = 3;

/**
 * Names the context and every object in full, shows what would change, and asks which of them to apply. The list
 * stays open while the comparison is read.
 *
 * @param refused how many documents the server, or we, have refused already
 * @throws CancelledError where nothing is to be applied
 */
export async function askWhatToApply(
  rehearsals: readonly Rehearsal[],
  parts: { texts: ObjectTexts; cluster: Cluster; refused: number },
): Promise<readonly Rehearsal[]> {
  const { texts, cluster, refused } = parts;
  const { context } = cluster;
  const picker = vscode.window.createQuickPick<Item>();
  const compare: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('diff'),
    tooltip: vscode.l10n.t('Show what changes'),
  };
  const opened = new Set<string>();
  const show = async ({ rehearsal }: Item): Promise<void> => {
    const { verdict } = rehearsal;
    if (isShown(verdict)) opened.add(await texts.compare(rehearsal, verdict, context.name));
  };
  const items = rehearsals.map((rehearsal): Item => ({
    label: `$(${iconOf(rehearsal)}) ${iconless(titleOf(rehearsal.name), 200)}`,
    description: iconless(describe(rehearsal), 300),
    ...detailOf(rehearsal),
    buttons: isShown(rehearsal.verdict) ? [compare] : [],
    rehearsal,
  }));
  picker.title = iconless(
    vscode.l10n.t('Apply to context {0} at {1}?', contextName(cluster), context.server),
    200,
  );
  picker.placeholder =
    refused === 0
      ? vscode.l10n.t('The server has tried it and kept nothing. Enter applies what is ticked.')
      : vscode.l10n.t(
          '{0} cannot be applied: see Problems. Enter applies what is ticked of the others.',
          refused,
        );
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.items = items;
  picker.selectedItems = items.filter(({ rehearsal }) => rehearsal.verdict.is !== 'unchanged');
  try {
    const [first] = picker.selectedItems;
    if (first) await show(first);
    return await new Promise<readonly Rehearsal[]>((resolve, reject) => {
      picker.onDidTriggerItemButton(({ item }) => void show(item));
      picker.onDidAccept(() =>
        resolve(
          items.filter((item) => picker.selectedItems.includes(item)).map(({ rehearsal }) => rehearsal),
        ),
      );
      picker.onDidHide(() => reject(new CancelledError()));
      picker.show();
    });
  } finally {
    picker.dispose();
    await closeTabs(opened);
  }
}

function isShown(verdict: Rehearsal['verdict']): verdict is Shown {
  return verdict.is === 'new' || verdict.is === 'changed' || verdict.is === 'unchanged';
}

function iconOf({ verdict }: Rehearsal): string {
  if (isShown(verdict) && verdict.conflicts.length > 0) return 'warning';
  return verdict.is === 'changed' ? 'edit' : verdict.is === 'unchanged' ? 'check' : 'add';
}

function describe({ verdict, source }: Rehearsal): string {
  switch (verdict.is) {
    case 'new':
      return source === undefined ? vscode.l10n.t('new: the objects need it') : vscode.l10n.t('new');
    case 'changed':
      return verdict.fields.length === 0
        ? vscode.l10n.t('exists; values are not compared')
        : vscode.l10n.t('changes {0}', few(verdict.fields));
    case 'unchanged':
      return vscode.l10n.t('nothing changes');
    case 'waits':
      return vscode.l10n.t('new; can be tried only after {0}', verdict.for);
    case 'refused':
      return vscode.l10n.t('refused');
  }
}

function detailOf({ verdict }: Rehearsal): { detail?: string } {
  if (!isShown(verdict)) return {};
  const conflicts = few(verdict.conflicts.map(({ manager, field }) => `${field} (${manager})`));
  const lines = [
    ...(conflicts === '' ? [] : [vscode.l10n.t('Managed by others: {0}', conflicts)]),
    ...verdict.warnings,
  ];
  return lines.length === 0 ? {} : { detail: iconless(lines.join(' · '), 400) };
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  const hidden = names.length - mostNamed;
  return hidden > 0 ? vscode.l10n.t('{0} and {1} more', shown, hidden) : shown;
}
