import * as vscode from 'vscode';
import { families } from '../../rules/index.ts';
import { pick } from '../host/pickOne.ts';
import { say } from '../host/say.ts';

/**
 * The rule that a command is about: the code it was called with, or the one the user picks.
 * @throws CancelledError when the user picks none.
 */
export async function pickRule(code: unknown, title: string): Promise<string> {
  const known = families.flatMap((family) =>
    family.codes.map((rule) => ({ ...rule, group: say(family.title) })),
  );
  if (typeof code === 'string' && known.some((rule) => rule.code === code)) return code;
  return pick({
    title,
    placeholder: vscode.l10n.t('Choose a rule'),
    nothing: vscode.l10n.t('There are no rules'),
    load: () =>
      Promise.resolve(
        known.map((rule) => ({
          label: rule.code,
          description: say(rule.title),
          group: rule.group,
          value: rule.code,
        })),
      ),
  });
}
