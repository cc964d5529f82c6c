import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import type { Json } from '../../model/json.ts';
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
    this.#files.keepNewest(mostKept);
    return uri;
  }

  dispose(): void {
    this.#files.dispose();
  }
}

/** An object as YAML to read, or, without what the server keeps, to compare. */
export async function yamlOf(object: Json, forComparison = false): Promise<string> {
  const { bareYaml, readableYaml } = await import('../../manifest/bareObject.ts');
  return forComparison ? bareYaml(object) : readableYaml(object);
}
