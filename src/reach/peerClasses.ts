import { groupBy } from '../base/groupBy.ts';
import { labelsMatch } from '../model/labelSelector.ts';
import type { NetworkPolicy, PolicyPeer } from '../model/networkPolicy.ts';
import type { Labels } from '../model/objects.ts';
import type { PodClass } from './classes.ts';
import { peerMatches } from './openings.ts';

/** The classes that one peer of a rule means. */
export interface PeerClasses {
  readonly certain: readonly number[];
  readonly depends: readonly number[];
}

/**
 * Finds the classes a peer means, without looking at every class for every rule: only at those of the namespaces
 * meant, and once for all rules that say the same.
 */
export class PeerIndex {
  readonly #classes: readonly PodClass[];
  readonly #byNamespace: ReadonlyMap<string, readonly PodClass[]>;
  readonly #namespaceLabels: (namespace: string) => Labels;
  readonly #found = new Map<string, PeerClasses>();

  constructor(classes: readonly PodClass[], namespaceLabels: (namespace: string) => Labels) {
    this.#classes = classes;
    this.#byNamespace = groupBy(classes, ({ sample }) => sample.namespace);
    this.#namespaceLabels = namespaceLabels;
  }

  of(peer: PolicyPeer, policy: NetworkPolicy): PeerClasses {
    const own = peer.is === 'pods' && peer.namespaceSelector === undefined;
    const key = `${own ? policy.namespace : '*'} ${JSON.stringify(peer)}`;
    let found = this.#found.get(key);
    if (found === undefined) {
      const certain: number[] = [];
      const depends: number[] = [];
      for (const { sample, index } of this.#candidates(peer, policy)) {
        const match = peerMatches(peer, policy, { is: 'pod', pod: sample }, this.#namespaceLabels);
        if (match === 'yes') certain.push(index);
        else if (match === 'depends') depends.push(index);
      }
      found = { certain, depends };
      this.#found.set(key, found);
    }
    return found;
  }

  #candidates(peer: PolicyPeer, policy: NetworkPolicy): readonly PodClass[] {
    if (peer.is === 'block') return this.#classes;
    const { namespaceSelector } = peer;
    if (namespaceSelector === undefined) return this.#byNamespace.get(policy.namespace) ?? [];
    const meant = [...this.#byNamespace].filter(([name]) =>
      labelsMatch(namespaceSelector, this.#namespaceLabels(name)),
    );
    return meant.flatMap(([, classes]) => classes);
  }
}
