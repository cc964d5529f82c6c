import * as vscode from 'vscode';
import type { ObjectFacts } from '../../manifest/facts.ts';
import type { ManifestFile } from '../../manifest/file.ts';
import { toRange } from './convert.ts';
import { locate, objectOf, type Place } from './names/place.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import type { OpenManifests } from './openManifests.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** A document as it stands, and all objects of the workspace, its own included. */
export interface World {
  readonly file: ManifestFile;
  readonly objects: readonly ObjectFacts[];
  /** Whether the objects are all that the files hold. */
  readonly complete: boolean;
}

/** What the providers of completion, hover and definition look at. */
export class Worlds {
  readonly #manifests: OpenManifests;
  readonly #index: WorkspaceIndex;

  constructor(manifests: OpenManifests, index: WorkspaceIndex) {
    this.#manifests = manifests;
    this.#index = index;
  }

  around(document: vscode.TextDocument): World {
    const file = this.#manifests.read(document);
    this.#index.take(document, file);
    return { file, objects: this.#index.objects, complete: this.#index.isComplete };
  }

  /** Where a name is given, in its file as it is now; undefined when it is gone. */
  async locationOf(place: Place, object: ManifestObject): Promise<vscode.Location | undefined> {
    if ('here' in place) {
      return new vscode.Location(vscode.Uri.parse(object.file, true), toRange(object.rangeOf(place.here)));
    }
    const { giver, steps } = place;
    if (giver.place === undefined) return undefined;
    const uri = vscode.Uri.parse(giver.place.file, true);
    const file = this.#manifests.read(await vscode.workspace.openTextDocument(uri));
    const there = objectOf(file, giver);
    return there && new vscode.Location(uri, toRange(locate(there, steps)));
  }
}
