import * as vscode from 'vscode';

/**
 * Shows a job as a notification that can be cancelled.
 * @param work gets a signal that the user may abort, and a function that says what is being done
 */
export function cancellableProgress<T>(
  title: string,
  work: (signal: AbortSignal, say: (message: string) => void) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const shown = vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal, (message) => progress.report({ message }));
  });
  return Promise.resolve(shown);
}
