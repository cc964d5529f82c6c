import type { NetworkPolicy, PolicyRule } from '../model/networkPolicy.ts';
import type { Pod } from '../model/objects.ts';
import type { PodClass } from './classes.ts';
import { isolatingPolicies } from './isolating.ts';
import { portsOfRule, type Direction, type NamespaceLabels } from './openings.ts';
import type { PeerIndex } from './peerClasses.ts';
import { Sides } from './sides.ts';
import { TierRows } from './tierRows.ts';
import type { World } from './world.ts';

/** What one class lets through towards each class, in one direction, as numbers of sides. */
type Row = Uint32Array<ArrayBuffer>;

/** The rows of all classes, each made when first asked for and made longer when classes are added. */
export class Rows {
  #world: World;
  readonly #classes: readonly PodClass[];
  readonly #peers: PeerIndex;
  readonly #sides: Sides;
  readonly #tiers: TierRows;
  readonly #rows: Readonly<Record<Direction, (Row | undefined)[]>> = { ingress: [], egress: [] };
  /** One row for all classes that the same policies isolate, as long as no port is named. By namespace and key. */
  readonly #shared = new Map<string, Map<string, Row>>();

  /** @param classes may grow */
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
    this.#tiers = new TierRows(world, classes, peers, sides, namespaceLabels);
  }

  /** The side of `subject` towards `other`. */
  side(direction: Direction, subject: PodClass, other: PodClass): number {
    const rows = this.#rows[direction];
    let row = rows[subject.index];
    if (row === undefined || row.length <= other.index) {
      row = this.#make(direction, subject, row);
      rows[subject.index] = row;
    }
    return row[other.index] ?? Sides.open;
  }

  /** Forgets what the policies of these namespaces said, and goes on with a later state. */
  forget(world: World, namespaces: ReadonlySet<string>): void {
    this.#world = world;
    if (namespaces.size === 0) return;
    for (const namespace of namespaces) this.#shared.delete(namespace);
    for (const { index, sample } of this.#classes) {
      if (!namespaces.has(sample.namespace)) continue;
      this.#rows.ingress[index] = undefined;
      this.#rows.egress[index] = undefined;
    }
  }

  #make(direction: Direction, { sample }: PodClass, before: Row | undefined): Row {
    const ofNamespace = this.#world.snapshot.inNamespace('NetworkPolicy', sample.namespace);
    const policies = isolatingPolicies(ofNamespace, sample)[direction];
    const tiers = this.#tiers.about(direction, sample);
    const names = policies.map(({ name }) => name).join(' ');
    const key = `${direction} ${String(sample.hostNetwork)} ${names} | ${tiers.key}`;
    const shareable =
      direction === 'egress' ||
      !(tiers.namesPorts || policies.some((policy) => policy.ingress.some(namesPorts)));
    const shared = shareable ? this.#shared.get(sample.namespace)?.get(key) : undefined;
    if (shared?.length === this.#classes.length) return shared;
    const row = new Uint32Array(this.#classes.length);
    const from = before?.length ?? 0;
    if (before !== undefined) row.set(before);
    if (policies.length > 0) row.fill(sample.hostNetwork ? Sides.undefinedByApi : Sides.closed, from);
    if (!sample.hostNetwork) {
      for (const policy of policies)
        for (const rule of policy[direction]) this.#open(row, from, direction, policy, rule, sample);
      tiers.apply(row, from, policies.length > 0);
    }
    if (shareable) this.#share(sample.namespace, key, row);
    return row;
  }

  #share(namespace: string, key: string, row: Row): void {
    const ofNamespace = this.#shared.get(namespace);
    if (ofNamespace === undefined) this.#shared.set(namespace, new Map([[key, row]]));
    else ofNamespace.set(key, row);
  }

  /** Adds what a rule opens towards the classes from `from` on. */
  #open(
    row: Row,
    from: number,
    direction: Direction,
    policy: NetworkPolicy,
    rule: PolicyRule,
    subject: Pod,
  ): void {
    // Named ports are the destination's: the subject's own coming in, each peer's going out.
    const perPeer = direction === 'egress' && namesPorts(rule);
    const fixed = perPeer ? undefined : this.#sides.same(portsOfRule(rule, subject));
    const add = (index: number, certainty: 'certain' | 'possible'): void => {
      if (index < from) return;
      const ports = fixed ?? this.#sides.same(portsOfRule(rule, this.#classes[index]?.sample));
      row[index] = this.#sides.plus(row[index] ?? Sides.closed, ports, certainty);
    };
    if (rule.peers === undefined) {
      for (let index = from; index < row.length; index++) add(index, 'certain');
      return;
    }
    for (const peer of rule.peers) {
      const { certain, depends } = this.#peers.of(peer, policy);
      for (const index of certain) add(index, 'certain');
      for (const index of depends) add(index, 'possible');
    }
  }
}

function namesPorts({ ports }: PolicyRule): boolean {
  return ports?.some(({ port }) => typeof port === 'string') ?? false;
}
