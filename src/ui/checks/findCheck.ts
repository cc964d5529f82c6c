import * as vscode from 'vscode';
import { pick } from '../host/pickOne.ts';
import { subjectOf } from '../host/subject.ts';
import type { FinishedCheck, RunningCheck } from './checkEntry.ts';
import type { CheckHistory } from './checkHistory.ts';
import { questionText } from './questionText.ts';
import { checkIdOf } from './reportDocuments.ts';
import { outcomeText } from '../host/verdictText.ts';

/**
 * The check a command is about: the menu's item, the report that the menu belongs to or that is in front, else
 * the user is asked.
 * @throws CancelledError.
 */
export async function findCheck(history: CheckHistory, argument: unknown): Promise<FinishedCheck> {
  const id = idOf(argument) ?? idOf(activeUri());
  const entry = id === undefined ? undefined : history.get(id);
  if (entry?.is === 'finished') return entry;
  return pick({
    title: vscode.l10n.t('Checks'),
    placeholder: vscode.l10n.t('Choose a check'),
    nothing: vscode.l10n.t('No check was made yet'),
    load: () =>
      Promise.resolve(
        history.entries
          .filter((each) => each.is === 'finished')
          .map((each) => ({ label: questionText(each), description: outcomeText(each.record), value: each })),
      ),
  });
}

export function findRunning(history: CheckHistory, argument: unknown): RunningCheck | undefined {
  const entry = history.get(idOf(argument) ?? '');
  return entry?.is === 'running' ? entry : undefined;
}

function idOf(argument: unknown): string | undefined {
  if (argument instanceof vscode.Uri) return checkIdOf(argument);
  const subject = subjectOf(argument);
  return subject?.is === 'check' ? subject.id : undefined;
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri
    : undefined;
}
