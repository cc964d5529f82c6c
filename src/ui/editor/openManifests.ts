import type * as vscode from 'vscode';
import type { ManifestFile } from '../../manifest/file.ts';
import { parse } from '../../manifest/parse.ts';

/** The open documents as manifests, each version read once, and of it only the YAML documents that changed. */
export class OpenManifests {
  // By document, not by URI: a new untitled document may have the URI and version of one that was closed.
  readonly #files = new WeakMap<vscode.TextDocument, ManifestFile>();

  read(document: vscode.TextDocument): ManifestFile {
    const previous = this.#files.get(document);
    if (previous?.version === document.version) return previous;
    const file = parse(document.getText(), {
      file: document.uri.toString(),
      version: document.version,
      ...(previous && { previous }),
    });
    this.#files.set(document, file);
    return file;
  }
}
