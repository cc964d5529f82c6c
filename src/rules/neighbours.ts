import type { ObjectFacts } from '../manifest/facts.ts';
import type { Labels } from '../model/objects.ts';
import { selects } from '../model/selector.ts';
import type { ManifestObject } from '../manifest/object.ts';
import { KnownObjects } from './knownObjects.ts';
import type { Knowledge } from './options.ts';

/**
 * The other objects that a rule may look at, as one set: of the same file, of the workspace, of a cluster. What a
 * file says of an object counts more than what the cluster has of it, for the file is what will be applied.
 */
export interface Neighbours {
  /** Whether this is everything: only then may a rule say that something does not exist. */
  readonly complete: boolean;
  /** The same for one kind: the cluster may tell all there is of some kinds. */
  isComplete(kind: string): boolean;
  /** The object's own facts. */
  readonly self: ObjectFacts;
  /** Those of a kind that are, or could be, in the object's namespace; the object itself included. */
  ofKind(kind: string): readonly ObjectFacts[];
  /** Those of a kind and name that are, or could be, in the object's namespace. */
  named(kind: string, name: string): readonly ObjectFacts[];
  /** Those of files with pods (Pod, Deployment …) that are, or could be, in the object's namespace. */
  withPods(): readonly ObjectFacts[];
  /** Those with pods that have all these labels; pods of the cluster where no file has any. */
  withPodLabels(labels: Labels): readonly ObjectFacts[];
  /** The Services of any namespace that ask for a node port, given as `protocol/number`. */
  withNodePort(port: string): readonly ObjectFacts[];
}

/** Objects of a file and what is known besides, for all objects of the file. */
export class NeighbourIndex {
  readonly #own: KnownObjects;
  readonly #others: KnownObjects;
  readonly #live: KnownObjects;
  readonly #complete: boolean;
  readonly #completeKinds: ReadonlySet<string>;
  readonly #merged = new Map<string, readonly ObjectFacts[]>();

  constructor(own: readonly ObjectFacts[], knowledge: Partial<Knowledge> = {}) {
    this.#own = new KnownObjects(own);
    const { objects = [], live = KnownObjects.none } = knowledge;
    this.#others = objects instanceof KnownObjects ? objects : new KnownObjects(objects);
    this.#live = live;
    this.#complete = knowledge.complete ?? false;
    this.#completeKinds = knowledge.completeKinds ?? new Set();
  }

  /** The neighbours as seen from one object. */
  of(object: ManifestObject, self: ObjectFacts): Neighbours {
    const { namespace } = object;
    const files = (group: string): readonly ObjectFacts[] => this.#files(group, namespace);
    const live = (group: string): readonly ObjectFacts[] => this.#live.near(group, namespace);
    return {
      complete: this.#complete,
      isComplete: (kind) => this.#complete || this.#completeKinds.has(kind),
      self,
      ofKind: (kind) => [
        ...files(`kind ${kind}`),
        ...live(`kind ${kind}`).filter((facts) => !this.#isInFiles(facts)),
      ],
      named: (kind, name) => {
        const found = files(`name ${kind}/${name}`);
        return found.length > 0 ? found : live(`name ${kind}/${name}`);
      },
      withPods: () => files('pods'),
      withPodLabels: (labels) => {
        const found = withLabels(labels, files);
        return found.length > 0 ? found : withLabels(labels, live);
      },
      withNodePort: (port) => [
        ...this.#own.group(`node port ${port}`),
        ...this.#others.group(`node port ${port}`),
        ...this.#live.group(`node port ${port}`).filter((facts) => !this.#isInFiles(facts)),
      ],
    };
  }

  #files(group: string, namespace: string | undefined): readonly ObjectFacts[] {
    const own = this.#own.near(group, namespace);
    const others = this.#others.near(group, namespace);
    if (others.length === 0) return own;
    if (own.length === 0) return others;
    const key = `${namespace ?? ''} ${group}`;
    const known = this.#merged.get(key);
    if (known) return known;
    const merged = [...own, ...others];
    this.#merged.set(key, merged);
    return merged;
  }

  #isInFiles({ kind, name, namespace }: ObjectFacts): boolean {
    return this.#files(`name ${kind}/${name}`, namespace).length > 0;
  }
}

function withLabels(labels: Labels, group: (name: string) => readonly ObjectFacts[]): readonly ObjectFacts[] {
  // The rarest label leaves the fewest to look at.
  const groups = Object.entries(labels).map(([key, value]) => group(`label ${key}=${value}`));
  const [fewest = []] = groups.sort((a, b) => a.length - b.length);
  return fewest.filter((facts) => facts.pods && selects(labels, facts.pods.labels));
}
