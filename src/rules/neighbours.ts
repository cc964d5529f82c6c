import type { ObjectFacts } from '../manifest/facts.ts';
import type { Labels } from '../model/objects.ts';
import { selects } from '../model/selector.ts';
import type { ManifestObject } from '../manifest/object.ts';

/** The other objects that a rule may look at, as one set: of the same file, of the workspace, of a cluster. */
export interface Neighbours {
  /** Whether this is everything: only then may a rule say that something does not exist. */
  readonly complete: boolean;
  /** The object's own facts. */
  readonly self: ObjectFacts;
  /** Those of a kind that are, or could be, in the object's namespace; the object itself included. */
  ofKind(kind: string): readonly ObjectFacts[];
  /** Those of a kind and name that are, or could be, in the object's namespace. */
  named(kind: string, name: string): readonly ObjectFacts[];
  /** Those with pods (Pod, Deployment …) that are, or could be, in the object's namespace. */
  withPods(): readonly ObjectFacts[];
  /** Those of {@link withPods} whose pods have all these labels. */
  withPodLabels(labels: Labels): readonly ObjectFacts[];
  /** The Services of any namespace that ask for a node port, given as `protocol/number`. */
  withNodePort(port: string): readonly ObjectFacts[];
}

/** Objects of a file set, indexed once for all objects of a file, on demand. */
export class NeighbourIndex {
  readonly #all: readonly ObjectFacts[];
  readonly #complete: boolean;
  #groups: ReadonlyMap<string, readonly ObjectFacts[]> | undefined;
  readonly #near = new Map<string, readonly ObjectFacts[]>();

  constructor(all: readonly ObjectFacts[], complete: boolean) {
    this.#all = all;
    this.#complete = complete;
  }

  /** The neighbours as seen from one object. */
  of(object: ManifestObject, self: ObjectFacts): Neighbours {
    const { namespace } = object;
    return {
      complete: this.#complete,
      self,
      ofKind: (kind) => this.#nearby(`kind ${kind}`, namespace),
      named: (kind, name) => this.#nearby(`name ${kind}/${name}`, namespace),
      withPods: () => this.#nearby('pods', namespace),
      withPodLabels: (labels) => {
        // The rarest label leaves the fewest to look at.
        const groups = Object.entries(labels).map(([key, value]) =>
          this.#nearby(`label ${key}=${value}`, namespace),
        );
        const [fewest = []] = groups.sort((a, b) => a.length - b.length);
        return fewest.filter((facts) => facts.pods && selects(labels, facts.pods.labels));
      },
      withNodePort: (port) => this.#grouped().get(`node port ${port}`) ?? [],
    };
  }

  /** A group, cut down to what is or could be in a namespace; remembered, since many objects ask for it. */
  #nearby(group: string, namespace: string | undefined): readonly ObjectFacts[] {
    const key = `${namespace ?? ''} ${group}`;
    const known = this.#near.get(key);
    if (known) return known;
    const all = this.#grouped().get(group) ?? [];
    const near = all.filter((facts) => sameNamespace(facts.namespace, namespace));
    this.#near.set(key, near);
    return near;
  }

  #grouped(): ReadonlyMap<string, readonly ObjectFacts[]> {
    if (this.#groups) return this.#groups;
    const groups = new Map<string, ObjectFacts[]>();
    const add = (group: string, facts: ObjectFacts): void => {
      const same = groups.get(group);
      if (same) same.push(facts);
      else groups.set(group, [facts]);
    };
    for (const facts of this.#all) {
      add(`kind ${facts.kind}`, facts);
      add(`name ${facts.kind}/${facts.name}`, facts);
      if (facts.pods) add('pods', facts);
      for (const [key, value] of Object.entries(facts.pods?.labels ?? {}))
        add(`label ${key}=${value}`, facts);
      for (const port of facts.nodePorts ?? []) add(`node port ${port}`, facts);
    }
    this.#groups = groups;
    return groups;
  }
}

/** Whether two namespaces are, or could be, the same: one that is not written is wherever it is applied to. */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
