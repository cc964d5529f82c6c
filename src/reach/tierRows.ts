import type { Pod } from '../model/objects.ts';
import type { TierPolicy, TierRule } from '../model/tierPolicy.ts';
import type { PodClass } from './classes.ts';
import type { Direction, NamespaceLabels } from './openings.ts';
import type { PeerIndex } from './peerClasses.ts';
import type { PortSet } from './portSet.ts';
import { Sides } from './sides.ts';
import { effectOf, namesTierPorts, portsOfTierRule } from './tierRules.ts';
import { tierPoliciesOf, tiersOf, type TierOrder } from './tiers.ts';
import { TierStates } from './tierStates.ts';
import type { World } from './world.ts';

type Row = Uint32Array<ArrayBuffer>;

/** The cluster-wide policies about one class of pods, in one direction. */
interface About {
  /** Names them. */
  readonly key: string;
  readonly namesPorts: boolean;
  /**
   * Puts their decisions into a row that holds what NetworkPolicies say.
   * @param isolated whether any NetworkPolicy is about the class: then the baseline is not asked
   */
  apply(row: Row, from: number, isolated: boolean): void;
}

const nothing: About = { key: '', namesPorts: false, apply: () => undefined };

/** Joins the cluster-wide policies to the rows of NetworkPolicies. */
export class TierRows {
  readonly #world: World;
  readonly #classes: readonly PodClass[];
  readonly #peers: PeerIndex;
  readonly #sides: Sides;
  readonly #namespaceLabels: NamespaceLabels;
  readonly #states = new TierStates();
  readonly #joined = new Map<number, number[]>();

  constructor(
    world: World,
    classes: readonly PodClass[],
    peers: PeerIndex,
    sides: Sides,
    namespaceLabels: NamespaceLabels,
  ) {
    this.#world = world;
    this.#classes = classes;
    this.#peers = peers;
    this.#sides = sides;
    this.#namespaceLabels = namespaceLabels;
  }

  about(direction: Direction, subject: Pod): About {
    const tiers = tiersOf(this.#world.snapshot);
    if (tiers.admin.length === 0 && tiers.baseline.length === 0) return nothing;
    const admin = tierPoliciesOf(tiers.admin, subject, this.#namespaceLabels);
    const baseline = tierPoliciesOf(tiers.baseline, subject, this.#namespaceLabels);
    const policies = [...admin, ...baseline].flat();
    if (policies.length === 0) return nothing;
    return {
      key: policies.map(({ kind, name }) => `${kind}/${name}`).join(' '),
      namesPorts: policies.some((policy) => policy[direction].some(namesTierPorts)),
      apply: (row, from, isolated) => {
        if (!isolated) this.#applyTier(row, from, baseline, direction, subject);
        this.#applyTier(row, from, admin, direction, subject);
      },
    };
  }

  #applyTier(row: Row, from: number, order: TierOrder, direction: Direction, subject: Pod): void {
    if (order.length === 0) return;
    let states = new Uint32Array(row.length - from);
    for (const equal of order) {
      const after = equal.map((policy) => this.#ask(states, from, policy, direction, subject));
      const [only, ...others] = after;
      if (only === undefined) continue;
      states =
        others.length === 0
          ? only
          : only.map((_, index) => this.#states.merge(after.map((one) => one[index] ?? TierStates.start)));
    }
    for (let index = from; index < row.length; index++) {
      row[index] = this.#join(states[index - from] ?? TierStates.start, row[index] ?? Sides.open);
    }
  }

  /** One policy's rules in order. */
  #ask(before: Row, from: number, policy: TierPolicy, direction: Direction, subject: Pod): Row {
    const states = before.slice();
    for (const rule of policy[direction]) {
      const { action, closed } = effectOf(rule);
      const perPeer = direction === 'egress' && namesTierPorts(rule) && !closed;
      const fixed = perPeer ? undefined : this.#sides.same(portsOfTierRule(rule, subject));
      for (const [index, sure] of this.#matching(rule, closed, from)) {
        const ports: PortSet = fixed ?? this.#sides.same(portsOfTierRule(rule, this.#classes[index]?.sample));
        const at = index - from;
        states[at] = this.#states.after(states[at] ?? TierStates.start, action, ports, sure);
      }
    }
    return states;
  }

  /** The classes that a rule is about, from `from` on, and whether surely; each once. */
  #matching(rule: TierRule, closed: boolean, from: number): ReadonlyMap<number, boolean> {
    const matching = new Map<number, boolean>();
    if (closed) {
      for (let index = from; index < this.#classes.length; index++) matching.set(index, true);
      return matching;
    }
    for (const peer of rule.peers) {
      const { certain, depends } = this.#peers.ofTier(peer);
      for (const index of certain) if (index >= from) matching.set(index, true);
      for (const index of depends) if (index >= from && !matching.has(index)) matching.set(index, false);
    }
    return matching;
  }

  #join(state: number, side: number): number {
    if (state === TierStates.start) return side;
    let joined = this.#joined.get(state);
    if (joined === undefined) {
      joined = [];
      this.#joined.set(state, joined);
    }
    return (joined[side] ??= this.#sides.numberOf(this.#states.sideOf(state, this.#sides.at(side))));
  }
}
