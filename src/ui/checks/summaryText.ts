import * as vscode from 'vscode';
import type { CheckRecord } from '../../probe/check.ts';
import { summaryOf } from '../../probe/summary.ts';

/** The sentence that explains a verdict, in the user's language. */
export function summaryText(record: CheckRecord): string {
  const { template, args } = summaryOf(record);
  return vscode.l10n.t(template, ...args).trimEnd();
}
