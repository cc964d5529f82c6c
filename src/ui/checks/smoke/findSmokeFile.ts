import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { sampleSmoke } from '../../../probe/smoke/sample.ts';
import { iconless } from '../../host/shownText.ts';

const names = /(?:^|[/\\])podnet\.ya?ml$/;
const mostFiles = 200;

/**
 * The file with the checks: the one given, the one in front, the only one of the workspace, or the one chosen.
 * Where there is none, one to begin with is offered, which is not run yet.
 * @throws CancelledError.
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
    await offerSample();
    throw new CancelledError();
  }
  if (others.length === 0) return first;
  const chosen = await vscode.window.showQuickPick(
    found.map((uri) => ({ label: iconless(vscode.workspace.asRelativePath(uri)), uri })),
    { title: vscode.l10n.t('Run podnet.yaml Checks'), placeHolder: vscode.l10n.t('Which file?') },
  );
  if (chosen === undefined) throw new CancelledError();
  return chosen.uri;
}

/** Opens a file to begin with, unsaved, once the user wants it. */
async function offerSample(): Promise<void> {
  const create = vscode.l10n.t('Create podnet.yaml');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no podnet.yaml in this workspace. It says what must and must not be reachable.'),
    create,
  );
  if (answer !== create) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri =
    folder === undefined
      ? vscode.Uri.from({ scheme: 'untitled', path: 'podnet.yaml' })
      : vscode.Uri.joinPath(folder, 'podnet.yaml').with({ scheme: 'untitled' });
  const editor = await vscode.window.showTextDocument(uri);
  if (editor.document.getText() !== '') return;
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), sampleSmoke));
}
