import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { linkless } from './shownText.ts';
import { wayOutOf } from './waysOut.ts';

/**
 * Tells the user about an error: what went wrong and the way out, with the log one click away. Cancellations
 * are silent. Resolves when the message is shown, not when it is answered.
 */
export function showError(error: unknown, log: vscode.LogOutputChannel): void {
  if (isCancellation(error)) return;
  log.error(forLog(error));
  const showLog = vscode.l10n.t('Show Log');
  const wayOut = wayOutOf(error);
  const buttons = wayOut === undefined ? [showLog] : [wayOut.label, showLog];
  vscode.window.showErrorMessage(linkless(sentence(error)), ...buttons).then(
    (choice) => {
      if (choice === showLog) log.show(true);
      else if (choice !== undefined && wayOut !== undefined) {
        return vscode.commands.executeCommand(wayOut.command);
      }
      return undefined;
    },
    (failure: unknown) => log.error(messageOf(failure)),
  );
}

function sentence(error: unknown): string {
  const message = messageOf(error);
  const remedy = error instanceof ExplainedError ? error.remedy : undefined;
  const ended = /[.!?…]$/.test(message) ? message : `${message}.`;
  return remedy === undefined ? ended : `${ended} ${remedy}`;
}

/** An error for the log: with its causes, and the stack of what nobody explained. */
export function forLog(error: unknown): string {
  const parts = [sentence(error)];
  if (!(error instanceof ExplainedError) && error instanceof Error && error.stack !== undefined) {
    parts.push(error.stack);
  }
  let cause = error instanceof Error ? error.cause : undefined;
  for (let depth = 0; cause !== undefined && depth < 5; depth++) {
    parts.push(`caused by: ${messageOf(cause)}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return parts.join('\n');
}
