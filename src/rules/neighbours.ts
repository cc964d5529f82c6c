import type { ObjectFacts } from '../manifest/facts.ts';
import type { ManifestObject } from '../manifest/object.ts';

/** The other objects that a rule may look at, as one set: of the same file, of the workspace, of a cluster. */
export interface Neighbours {
  /** All of them, the object itself included. */
  readonly all: readonly ObjectFacts[];
  /** Whether this is everything: only then may a rule say that something does not exist. */
  readonly complete: boolean;
  /** The object's own facts. */
  readonly self: ObjectFacts;
  /** Those of a kind that are, or could be, in the object's namespace. */
  ofKind(kind: string): readonly ObjectFacts[];
  /** Those with pods (Pod, Deployment …) that are, or could be, in the object's namespace. */
  withPods(): readonly ObjectFacts[];
}

/** Objects of a file set by kind, built once for all objects of a file. */
export class NeighbourIndex {
  readonly all: readonly ObjectFacts[];
  readonly complete: boolean;
  readonly #byKind = new Map<string, ObjectFacts[]>();
  readonly #withPods: ObjectFacts[] = [];

  constructor(all: readonly ObjectFacts[], complete: boolean) {
    this.all = all;
    this.complete = complete;
    for (const facts of all) {
      const same = this.#byKind.get(facts.kind);
      if (same) same.push(facts);
      else this.#byKind.set(facts.kind, [facts]);
      if (facts.pods) this.#withPods.push(facts);
    }
  }

  /** The neighbours as seen from one object. */
  of(object: ManifestObject, self: ObjectFacts): Neighbours {
    const near = (facts: ObjectFacts): boolean => sameNamespace(facts.namespace, object.namespace);
    return {
      all: this.all,
      complete: this.complete,
      self,
      ofKind: (kind) => (this.#byKind.get(kind) ?? []).filter(near),
      withPods: () => this.#withPods.filter(near),
    };
  }
}

/** Whether two namespaces are, or could be, the same: one that is not written is wherever it is applied to. */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
