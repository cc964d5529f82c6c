import type * as vscode from 'vscode';
import type { ManifestFile } from '../../manifest/file.ts';
import { parse } from '../../manifest/parse.ts';

/** The open documents as manifests, each version read once, and of it only the YAML documents that changed. */
export class OpenManifests {
  readonly #files = new Map<string, ManifestFile>();

  read(document: vscode.TextDocument): ManifestFile {
    const uri = document.uri.toString();
    const previous = this.#files.get(uri);
    if (previous?.version === document.version) return previous;
    const file = parse(document.getText(), {
      file: uri,
      version: document.version,
      ...(previous && { previous }),
    });
    this.#files.set(uri, file);
    return file;
  }

  forget(document: vscode.TextDocument): void {
    this.#files.delete(document.uri.toString());
  }
}
