import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { parse } from '../../manifest/parse.ts';
import type { ManifestObject } from '../../manifest/object.ts';

/** So many files of a workspace are read for one answer. */
const mostFiles = 2_000;
const manifestFiles = '**/*.{yaml,yml,json}';
const excluded = '**/{node_modules,.git,dist}/**';

/** An object of a manifest file of the workspace, as the file stands in its editor or on the disk. */
export interface WorkspaceObject {
  readonly uri: vscode.Uri;
  readonly object: ManifestObject;
}

export interface WorkspaceObjects {
  readonly objects: readonly WorkspaceObject[];
  /** How many files were read. */
  readonly files: number;
  /** What is missing of it, in sentences. */
  readonly notes: readonly string[];
}

/** Reads the manifests of the workspace, and those that were never saved. @throws CancelledError. */
export async function workspaceObjects(signal: AbortSignal): Promise<WorkspaceObjects> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isUntitled, languageId, isClosed }) => isUntitled && !isClosed && languageId === 'yaml',
  );
  const saved = await vscode.workspace.findFiles(manifestFiles, excluded, mostFiles);
  const files = [...saved, ...unsaved.map(({ uri }) => uri)];
  const objects: WorkspaceObject[] = [];
  const unread: string[] = [];
  for (const uri of files) {
    signal.throwIfAborted();
    try {
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      const content =
        document?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      for (const object of parse(content, { file: uri.path }).objects) objects.push({ uri, object });
    } catch (error) {
      unread.push(`${vscode.workspace.asRelativePath(uri)}: ${messageOf(error)}`);
    }
  }
  const notes = [
    unread.length === 0 ? '' : vscode.l10n.t('Not read: {0}.', unread.slice(0, 5).join('; ')),
    saved.length === mostFiles ? vscode.l10n.t('There are more files, which were not read.') : '',
  ];
  return { objects, files: files.length, notes: notes.filter(Boolean) };
}
