import type { NetworkPolicy, PolicyRule } from '../model/networkPolicy.ts';
import type { Labels, Pod } from '../model/objects.ts';
import { classesOf, type PodClass } from './classes.ts';
import { isolatingPolicies } from './isolating.ts';
import { portsOfRule, type Direction } from './openings.ts';
import { PeerIndex } from './peerClasses.ts';
import { onSubjectsNode } from './podToPod.ts';
import { difference, intersection, type PortSet } from './portSet.ts';
import { Sides } from './sides.ts';
import { labelsOfNamespace, type World } from './world.ts';

/** What passes between two pods, by the policies of both. */
export interface Passage {
  readonly allowed: PortSet;
  /** Ports on which it depends on the network plugin. */
  readonly depends: PortSet;
}

/**
 * All pairs at once, by classes of pods. What a class lets through is worked out when first asked for, once per
 * class and not per pair; joining two ends is then a look-up.
 */
export class ReachMatrix {
  readonly classes: readonly PodClass[];
  readonly #world: World;
  readonly #classOf = new Map<Pod, PodClass>();
  readonly #namespaceLabels = new Map<string, Labels>();
  readonly #peers: PeerIndex;
  readonly #sides = new Sides();
  readonly #rows: Readonly<Record<Direction, (Uint32Array | undefined)[]>> = { ingress: [], egress: [] };
  /** One row for all classes that the same policies isolate, as long as no port is named. */
  readonly #sharedRows = new Map<string, Uint32Array>();
  readonly #passages: (Passage | undefined)[][] = [];

  constructor(world: World, pods: readonly Pod[] = world.snapshot.all('Pod')) {
    this.#world = world;
    this.classes = classesOf(world.snapshot, pods);
    this.#peers = new PeerIndex(this.classes, (namespace) => this.#labelsOf(namespace));
    for (const podClass of this.classes) for (const pod of podClass.pods) this.#classOf.set(pod, podClass);
  }

  /** What passes from one pod to another of those the matrix was made for. */
  between(from: Pod, to: Pod): Passage {
    const source = this.#classOf.get(from);
    const target = this.#classOf.get(to);
    if (source === undefined || target === undefined)
      throw new RangeError('The matrix was made without this pod');
    // The one thing a class cannot say: whether the two share a node, which always gets in.
    const near = onSubjectsNode(to, { is: 'pod', pod: from });
    return this.betweenClasses(source, target, near);
  }

  /** What passes between the pods of two classes; `sameNode` where the source is on the target's node's own network. */
  betweenClasses(source: PodClass, target: PodClass, sameNode = false): Passage {
    const egress = this.#row('egress', source)[target.index] ?? Sides.open;
    const ingress = sameNode ? Sides.open : (this.#row('ingress', target)[source.index] ?? Sides.open);
    const row = (this.#passages[egress] ??= []);
    return (row[ingress] ??= this.#join(egress, ingress));
  }

  #row(direction: Direction, subject: PodClass): Uint32Array {
    return (this.#rows[direction][subject.index] ??= this.#makeRow(direction, subject));
  }

  /** A class's side towards each class. */
  #makeRow(direction: Direction, { sample }: PodClass): Uint32Array {
    const ofNamespace = this.#world.snapshot.inNamespace('NetworkPolicy', sample.namespace);
    const policies = isolatingPolicies(ofNamespace, sample)[direction];
    const key = `${direction} ${String(sample.hostNetwork)} ${sample.namespace} ${policies.map(({ name }) => name).join(' ')}`;
    const shareable = direction === 'egress' || !policies.some((policy) => policy.ingress.some(namesPorts));
    const shared = shareable ? this.#sharedRows.get(key) : undefined;
    if (shared !== undefined) return shared;
    const row = new Uint32Array(this.classes.length);
    if (policies.length > 0) row.fill(sample.hostNetwork ? Sides.undefinedByApi : Sides.closed);
    if (!sample.hostNetwork) {
      for (const policy of policies)
        for (const rule of policy[direction]) this.#open(row, direction, policy, rule, sample);
    }
    if (shareable) this.#sharedRows.set(key, row);
    return row;
  }

  #open(row: Uint32Array, direction: Direction, policy: NetworkPolicy, rule: PolicyRule, subject: Pod): void {
    // Named ports are the destination's: the subject's own coming in, each peer's going out.
    const perPeer = direction === 'egress' && namesPorts(rule);
    const fixed = perPeer ? undefined : this.#sides.same(portsOfRule(rule, subject));
    const add = (index: number, certainty: 'certain' | 'possible'): void => {
      const ports = fixed ?? this.#sides.same(portsOfRule(rule, this.classes[index]?.sample));
      row[index] = this.#sides.plus(row[index] ?? Sides.closed, ports, certainty);
    };
    if (rule.peers === undefined) {
      for (let index = 0; index < row.length; index++) add(index, 'certain');
      return;
    }
    for (const peer of rule.peers) {
      const { certain, depends } = this.#peers.of(peer, policy);
      for (const index of certain) add(index, 'certain');
      for (const index of depends) add(index, 'possible');
    }
  }

  #join(egressNumber: number, ingressNumber: number): Passage {
    const egress = this.#sides.at(egressNumber);
    const ingress = this.#sides.at(ingressNumber);
    const allowed = intersection(egress.certain, ingress.certain);
    return { allowed, depends: difference(intersection(egress.possible, ingress.possible), allowed) };
  }

  #labelsOf(namespace: string): Labels {
    let labels = this.#namespaceLabels.get(namespace);
    if (labels === undefined) {
      labels = labelsOfNamespace(this.#world, namespace);
      this.#namespaceLabels.set(namespace, labels);
    }
    return labels;
  }
}

function namesPorts({ ports }: PolicyRule): boolean {
  return ports?.some(({ port }) => typeof port === 'string') ?? false;
}
