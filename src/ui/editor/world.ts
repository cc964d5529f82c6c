import * as vscode from 'vscode';
import type { ObjectFacts } from '../../manifest/facts.ts';
import type { ManifestFile } from '../../manifest/file.ts';
import { toRange } from './convert.ts';
import { locate, objectOf, type Place } from './names/place.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import type { OpenManifests } from './openManifests.ts';
import type { ClusterKnowledge } from './cluster/clusterKnowledge.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** A document as it stands, and all objects of the workspace, its own included, and of the connected cluster. */
export interface World {
  readonly file: ManifestFile;
  readonly objects: readonly ObjectFacts[];
  /** Those of {@link objects} that only the cluster has. */
  readonly live: readonly ObjectFacts[];
  /** Whether the objects are all that the files hold. */
  readonly complete: boolean;
}

/** What the providers of completion, hover and definition look at. */
export class Worlds {
  readonly #manifests: OpenManifests;
  readonly #index: WorkspaceIndex;
  readonly #cluster: ClusterKnowledge;
  #last:
    | (Pick<World, 'objects' | 'live'> & {
        readonly files: readonly ObjectFacts[];
        readonly cluster: readonly ObjectFacts[];
      })
    | undefined;

  constructor(manifests: OpenManifests, index: WorkspaceIndex, cluster: ClusterKnowledge) {
    this.#manifests = manifests;
    this.#index = index;
    this.#cluster = cluster;
  }

  around(document: vscode.TextDocument): World {
    const file = this.#manifests.read(document);
    this.#index.take(document, file);
    const { objects, live } = this.#merged(this.#index.objects, this.#cluster.live.all);
    return { file, objects, live, complete: this.#index.isComplete };
  }

  /** Files and cluster as one, made anew only where one of them changed: many providers ask at every keystroke. */
  #merged(files: readonly ObjectFacts[], cluster: readonly ObjectFacts[]): Pick<World, 'objects' | 'live'> {
    const known = this.#last;
    if (known?.files === files && known.cluster === cluster) return known;
    const named = new Set(files.map(keyOf));
    const live = cluster.filter((facts) => !named.has(keyOf(facts)));
    this.#last = { files, cluster, live, objects: live.length === 0 ? files : [...files, ...live] };
    return this.#last;
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

/** An object's kind and name: what a file says of it counts, whatever the cluster has. */
function keyOf({ kind, name }: ObjectFacts): string {
  return `${kind}/${name}`;
}
