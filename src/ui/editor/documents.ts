import * as vscode from 'vscode';

/** The languages whose documents may be manifests. */
export const yamlSelector: readonly vscode.DocumentFilter[] = [{ language: 'yaml' }];

/** The files that are read for what other files may refer to. */
export const manifestFiles = '**/*.{yaml,yml}';

/**
 * Whether a document is one that somebody writes: a file, a new untitled one, or one of a virtual workspace.
 * The other side of a diff, output and the like are not.
 */
export function isWritten(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'yaml' || document.isClosed) return false;
  const { uri } = document;
  return (
    uri.scheme === 'untitled' ||
    vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true ||
    vscode.workspace.getWorkspaceFolder(uri) !== undefined
  );
}
