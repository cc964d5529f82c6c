import * as vscode from 'vscode';
import type { contextKeys } from './ids.ts';

/** Sets a context key that `when` clauses read. */
export function setContextKey(
  key: (typeof contextKeys)[keyof typeof contextKeys],
  value: string | boolean,
): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
