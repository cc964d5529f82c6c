import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { parseInSlices } from '../../manifest/parseInSlices.ts';
import type { FileFacts } from './factsStore.ts';
import { fileFacts } from './fileFacts.ts';

const maximumFileSize = 1024 * 1024;
const nothing: FileFacts = { objects: [] };

/**
 * Reads one file of the workspace. undefined: there is no such file. A file that cannot be read is in doubt,
 * never empty.
 */
export async function readFacts(uri: vscode.Uri): Promise<FileFacts | undefined> {
  const name = uri.toString();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maximumFileSize) return { objects: [], doubt: `larger than ${maximumFileSize} bytes` };
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return mayBeManifest(name, text)
      ? fileFacts(await parseInSlices(text, { file: name }, othersFirst))
      : nothing;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    return { objects: [], doubt: `it could not be read: ${messageOf(error)}` };
  }
}

/** Keystrokes and views come before files that nobody looks at. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A cheap look before a file is parsed. */
function mayBeManifest(name: string, text: string): boolean {
  return /kustomization\.ya?ml$/i.test(name) || /api_?version|\bkind\b/i.test(text);
}
