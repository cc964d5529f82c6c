import * as vscode from 'vscode';
import { iconless } from '../host/shownText.ts';

/** Copies a text and says so where it disturbs nobody. */
export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${vscode.l10n.t('Copied {0}', iconless(text, 80))}`, 3000);
}
