import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { record, type Json } from '../../model/json.ts';
import { objectScheme } from '../host/ids.ts';
import { MemoryFiles } from '../host/memoryFiles.ts';

/** So many texts are kept; those of editors that are open go last. */
const mostKept = 60;

/** Read-only texts: YAML of objects as they were when they were read, and documents. They live as long as the window. */
export class ObjectDocuments implements Disposable {
  readonly #files = new MemoryFiles(objectScheme);
  #last = 0;

  /** @param name what the editor's tab says; a slash in it would part the path. */
  add(name: string, text: string, ending: 'yaml' | 'md' = 'yaml'): vscode.Uri {
    this.#last += 1;
    const uri = vscode.Uri.from({
      scheme: objectScheme,
      path: `/${this.#last}/${name.replaceAll('/', '\u2215')}.${ending}`,
    });
    this.#files.set(uri, text);
    const { paths } = this.#files;
    const shown = new Set(vscode.workspace.textDocuments.map((document) => document.uri.path));
    const old = paths.slice(0, -1).filter((path) => !shown.has(path));
    for (const path of old.slice(0, Math.max(0, paths.length - mostKept))) this.#files.remove(path);
    return uri;
  }

  dispose(): void {
    this.#files.dispose();
  }
}

/**
 * An object as YAML to read and to compare: without the book-keeping of who set which field, and, where `spec` is what
 * matters, without what the server keeps.
 */
export async function yamlOf(object: Json, forComparison = false): Promise<string> {
  const { stringify } = await import('yaml');
  const metadata = without(record(object.metadata), 'managedFields');
  if (!forComparison) return stringify({ ...object, metadata });
  const stable = without(metadata, 'resourceVersion', 'generation', 'uid', 'creationTimestamp');
  return stringify({ ...without(object, 'status'), metadata: stable });
}

function without(object: Json, ...fields: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !fields.includes(name)));
}
