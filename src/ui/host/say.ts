import * as vscode from 'vscode';
import type { Say, Sentence } from '../../base/say.ts';

/** Says the texts of the core in the user's language. Each of them stands in the bundle for translators. */
export const say: Say = (template, ...args) => vscode.l10n.t(template, ...args);

/** A sentence of the core in the user's language. */
export function said({ template, args }: Sentence): string {
  return say(template, ...args);
}
