import type { ObjectFacts } from '../manifest/facts.ts';

/**
 * Objects, found by kind, name, label and node port. Made once for a set of objects and kept as long as the set stays
 * the same: with thousands of objects the grouping costs more than all that is asked of it.
 */
export class KnownObjects {
  static readonly none = new KnownObjects([]);

  readonly all: readonly ObjectFacts[];
  #groups: ReadonlyMap<string, readonly ObjectFacts[]> | undefined;
  readonly #near = new Map<string, readonly ObjectFacts[]>();

  constructor(all: readonly ObjectFacts[]) {
    this.all = all;
  }

  /** A group: `kind K`, `name K/N`, `pods`, `label K=V` (of pods) or `node port P/N`. */
  group(name: string): readonly ObjectFacts[] {
    return this.#grouped().get(name) ?? [];
  }

  /** A group, cut down to what is or could be in a namespace; remembered, since many objects ask for it. */
  near(group: string, namespace: string | undefined): readonly ObjectFacts[] {
    const all = this.group(group);
    if (all.length === 0 || namespace === undefined) return all;
    const key = `${namespace} ${group}`;
    const known = this.#near.get(key);
    if (known) return known;
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
    for (const facts of this.all) {
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
