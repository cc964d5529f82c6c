import * as vscode from 'vscode';
import type { ManifestFile } from '../../../manifest/file.ts';
import type { Mention } from '../../../manifest/links/mention.ts';
import { mentionsOf } from '../../../manifest/links/mentionsOf.ts';
import { parse } from '../../../manifest/parse.ts';
import type { OpenManifests } from '../openManifests.ts';
import type { Worlds } from '../world.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';

const parallelReads = 8;

/** The files that hold a text, read as they are now. */
export interface ReadFiles {
  readonly files: ReadonlyMap<string, ManifestFile>;
  readonly mentions: readonly Mention[];
  /** Whether the workspace may hold more that uses the names. */
  readonly complete: boolean;
}

/** Reads the manifests of the workspace that may mention a name: open ones as they are on the screen. */
export class MentionReader {
  readonly #manifests: OpenManifests;
  readonly #worlds: Worlds;
  readonly #index: WorkspaceIndex;

  constructor(manifests: OpenManifests, worlds: Worlds, index: WorkspaceIndex) {
    this.#manifests = manifests;
    this.#worlds = worlds;
    this.#index = index;
  }

  /** @param names texts of which a file must hold one to be of interest, as they are written. */
  async read(
    document: vscode.TextDocument,
    names: readonly string[],
    token: vscode.CancellationToken,
  ): Promise<ReadFiles> {
    // A rename that misses files which are still being read would break what it renames.
    await this.#index.whenRead();
    const { file, objects, complete } = this.#worlds.around(document);
    const files = new Map([[file.file, file]]);
    const open = new Map(vscode.workspace.textDocuments.map((each) => [each.uri.toString(), each]));
    const queue = [...new Set(objects.flatMap(({ place }) => place?.file ?? []))].filter(
      (name) => !files.has(name),
    );
    let unread = 0;
    const worker = async (): Promise<void> => {
      for (let name = queue.pop(); name !== undefined && !token.isCancellationRequested; name = queue.pop()) {
        const opened = open.get(name);
        const other = opened ? this.#manifests.read(opened) : await readClosed(name, names);
        if (other === undefined) unread += 1;
        else if (other !== 'of no interest') files.set(name, other);
      }
    };
    await Promise.all(Array.from({ length: parallelReads }, worker));
    const mentions = [...files.values()].flatMap((each) => each.objects.flatMap(mentionsOf));
    return { files, mentions, complete: complete && unread === 0 && !token.isCancellationRequested };
  }
}

/** undefined: it cannot be read. */
async function readClosed(
  name: string,
  names: readonly string[],
): Promise<ManifestFile | 'of no interest' | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(name, true));
  } catch {
    return undefined;
  }
  const text = new TextDecoder().decode(bytes);
  return names.some((each) => text.includes(each)) ? parse(text, { file: name }) : 'of no interest';
}
