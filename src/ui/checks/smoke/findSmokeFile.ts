import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError } from '../../../base/errors.ts';
import { iconless } from '../../host/shownText.ts';

const names = /(?:^|[/\\])podnet\.ya?ml$/;
const mostFiles = 200;

/**
 * The file with the checks: the one given, the one in front, the only one of the workspace, or the one chosen.
 * @throws ExplainedError where there is none; CancelledError.
 */
export async function findSmokeFile(argument: unknown): Promise<vscode.TextDocument> {
  const uri = argument instanceof vscode.Uri ? argument : undefined;
  const front = vscode.window.activeTextEditor?.document;
  if (uri === undefined && front !== undefined && names.test(front.uri.path)) return front;
  return vscode.workspace.openTextDocument(uri ?? (await inWorkspace()));
}

async function inWorkspace(): Promise<vscode.Uri> {
  const found = await vscode.workspace.findFiles('**/podnet.{yaml,yml}', '**/node_modules/**', mostFiles);
  const [first, ...others] = found;
  if (first === undefined) {
    throw new ExplainedError('no-podnet-yaml', vscode.l10n.t('There is no podnet.yaml in this workspace'), {
      remedy: vscode.l10n.t('It says what must and must not be reachable; docs/podnet.md shows how.'),
    });
  }
  if (others.length === 0) return first;
  const chosen = await vscode.window.showQuickPick(
    found.map((uri) => ({ label: iconless(vscode.workspace.asRelativePath(uri)), uri })),
    { title: vscode.l10n.t('Run podnet.yaml Checks'), placeHolder: vscode.l10n.t('Which file?') },
  );
  if (chosen === undefined) throw new CancelledError();
  return chosen.uri;
}
