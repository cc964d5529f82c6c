import { labelsMatch, type LabelSelector } from '../model/labelSelector.ts';
import type { NetworkPolicy, PolicyPeer } from '../model/networkPolicy.ts';
import type { Labels } from '../model/objects.ts';
import type { TierPeer } from '../model/tierPolicy.ts';
import type { PodClass } from './classes.ts';
import { peerMatches } from './openings.ts';
import { tierPeerMatches, type Match } from './tierRules.ts';
import type { World } from './world.ts';

/** The classes that one peer of a rule means, by index, ascending. */
export interface PeerClasses {
  readonly certain: readonly number[];
  readonly depends: readonly number[];
}

interface Found extends PeerClasses {
  readonly certain: number[];
  readonly depends: number[];
  /** How many of the classes were looked at. */
  upTo: number;
}

// A cache of a pure function of an immutable peer: a rule is asked for by every class that its policy is about.
const texts = new WeakMap<PolicyPeer | TierPeer, string>();

function textOf(peer: PolicyPeer | TierPeer): string {
  let text = texts.get(peer);
  if (text === undefined) {
    text = JSON.stringify(peer);
    texts.set(peer, text);
  }
  return text;
}

/**
 * Finds the classes a peer means, without looking at every class for every rule: only at those of the namespaces
 * meant, once for all rules that say the same, and later only at the classes that were added.
 */
export class PeerIndex {
  readonly #world: World;
  readonly #classes: readonly PodClass[];
  readonly #namespaceLabels: (namespace: string) => Labels;
  readonly #byNamespace = new Map<string, PodClass[]>();
  #grouped = 0;
  readonly #found = new Map<string, Found>();

  /** @param classes may grow */
  constructor(world: World, classes: readonly PodClass[], namespaceLabels: (namespace: string) => Labels) {
    this.#world = world;
    this.#classes = classes;
    this.#namespaceLabels = namespaceLabels;
  }

  of(peer: PolicyPeer, policy: NetworkPolicy): PeerClasses {
    const own = peer.is === 'pods' && peer.namespaceSelector === undefined;
    const key = `${own ? policy.namespace : '*'} ${textOf(peer)}`;
    const candidates = (): readonly PodClass[] => {
      if (peer.is === 'block') return this.#classes;
      if (peer.namespaceSelector !== undefined) return this.#inNamespaces(peer.namespaceSelector);
      return this.#inNamespace(policy.namespace);
    };
    return this.#find(key, candidates, ({ sample }) =>
      peerMatches(peer, policy, { is: 'pod', pod: sample }, this.#namespaceLabels),
    );
  }

  ofTier(peer: TierPeer): PeerClasses {
    const candidates = (): readonly PodClass[] =>
      peer.is === 'pods' ? this.#inNamespaces(peer.pods.namespaceSelector) : this.#classes;
    return this.#find(`tier ${textOf(peer)}`, candidates, ({ sample }) =>
      tierPeerMatches(this.#world, peer, { is: 'pod', pod: sample }),
    );
  }

  #find(
    key: string,
    candidates: () => readonly PodClass[],
    match: (podClass: PodClass) => Match,
  ): PeerClasses {
    let found = this.#found.get(key);
    if (found === undefined) {
      found = { certain: [], depends: [], upTo: 0 };
      this.#found.set(key, found);
    }
    if (found.upTo === this.#classes.length) return found;
    for (const podClass of candidates()) {
      if (podClass.index < found.upTo) continue;
      const answer = match(podClass);
      if (answer === 'yes') found.certain.push(podClass.index);
      else if (answer === 'depends') found.depends.push(podClass.index);
    }
    found.upTo = this.#classes.length;
    return found;
  }

  #inNamespace(namespace: string): readonly PodClass[] {
    for (; this.#grouped < this.#classes.length; this.#grouped++) {
      const podClass = this.#classes[this.#grouped];
      if (podClass === undefined) continue;
      const there = this.#byNamespace.get(podClass.sample.namespace);
      if (there === undefined) this.#byNamespace.set(podClass.sample.namespace, [podClass]);
      else there.push(podClass);
    }
    return this.#byNamespace.get(namespace) ?? [];
  }

  #inNamespaces(selector: LabelSelector): readonly PodClass[] {
    this.#inNamespace('');
    return [...this.#byNamespace]
      .filter(([name]) => labelsMatch(selector, this.#namespaceLabels(name)))
      .flatMap(([, classes]) => classes);
  }
}
