import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import { chosenObjects, type ChosenObjects } from '../../../manifest/chosenObjects.ts';
import { parse } from '../../../manifest/parse.ts';

/** What a command was asked to send to a server. */
export interface Target extends ChosenObjects {
  readonly document: vscode.TextDocument;
  /** The version of the text that the objects were read from. */
  readonly version: number;
}

/**
 * The objects a command is about: those of a whole file; those of the documents that the selection, the cursor or
 * a line touches.
 *
 * @param uri from a menu or lens; else the active editor's. @param line from a lens.
 * @throws ExplainedError where there is nothing
 */
export async function targetOf(scope: 'file' | 'documents', uri: unknown, line: unknown): Promise<Target> {
  const editor = vscode.window.activeTextEditor;
  const document =
    uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
  if (document === undefined) {
    throw new ExplainedError('no-manifest', vscode.l10n.t('No manifest is open'), {
      remedy: vscode.l10n.t('Open a YAML file with Kubernetes objects and try again.'),
    });
  }
  const { version } = document;
  const file = parse(document.getText(), { file: document.uri.toString(), version });
  const selection = editor?.document === document ? editor.selection : undefined;
  const lines =
    typeof line === 'number'
      ? { first: line, last: line }
      : selection && { first: selection.start.line, last: selection.end.line };
  const chosen = chosenObjects(file, scope === 'file' ? undefined : lines);
  if (chosen.objects.length > 0) return { ...chosen, document, version };
  const [refused] = chosen.refused;
  throw new ExplainedError(
    'nothing-to-send',
    refused === undefined
      ? vscode.l10n.t('There is no Kubernetes object here')
      : vscode.l10n.t('Nothing here can be sent to a server (line {0}): {1}', refused.line + 1, refused.why),
    { remedy: vscode.l10n.t('Put the cursor into a document with apiVersion, kind and metadata.name.') },
  );
}
