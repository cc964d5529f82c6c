import type { Labels, Pod } from '../model/objects.ts';
import type { Touched } from '../model/snapshot.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { PodClasses, type PodClass } from './classes.ts';
import { PeerIndex } from './peerClasses.ts';
import { onSubjectsNode, shareFamily } from './podToPod.ts';
import { allPorts, difference, intersection, type PortSet } from './portSet.ts';
import { Rows } from './rows.ts';
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
 * class and not per pair; joining two ends is then a look-up. After a change of the cluster, {@link update} keeps
 * what the change does not concern.
 */
export class ReachMatrix {
  #world: World;
  #classes: PodClasses;
  #rows: Rows;
  readonly #sides = new Sides();
  readonly #passages: (Passage | undefined)[][] = [];

  constructor(world: World, pods: readonly Pod[] = world.snapshot.all('Pod')) {
    this.#world = world;
    this.#classes = new PodClasses(world.snapshot, pods);
    this.#rows = this.#newRows();
  }

  /** The classes that have pods. */
  get classes(): readonly PodClass[] {
    return this.#classes.all.filter(({ pods }) => pods.length > 0);
  }

  /** What passes from one pod to another of those the matrix was made for. */
  between(from: Pod, to: Pod): Passage {
    const source = this.#classes.of(from);
    const target = this.#classes.of(to);
    if (source === undefined || target === undefined)
      throw new RangeError('The matrix was made without this pod');
    // What a class cannot say: whether the two have addresses of one family, and whether they share a node.
    if (!shareFamily(from, to)) return this.#join(Sides.closed, Sides.closed);
    const fromNode = onSubjectsNode(to, { is: 'pod', pod: from });
    const toNode = onSubjectsNode(from, { is: 'pod', pod: to });
    return this.betweenClasses(source, target, fromNode ? 'from-node' : toNode ? 'to-node' : undefined);
  }

  /**
   * What passes between the pods of two classes.
   * @param ownNode `from-node`: the source is on the target's node's own network, which always gets in; `to-node`: the
   * target is on that of the source, where plugins differ on egress
   */
  betweenClasses(source: PodClass, target: PodClass, ownNode?: 'from-node' | 'to-node'): Passage {
    const out = this.#rows.side('egress', source, target);
    const egress = ownNode === 'to-node' ? this.#sides.plus(out, allPorts, 'possible') : out;
    const ingress = ownNode === 'from-node' ? Sides.open : this.#rows.side('ingress', target, source);
    const row = (this.#passages[egress] ??= []);
    return (row[ingress] ??= this.#join(egress, ingress));
  }

  /**
   * Goes on with a later state of the same cluster. For a matrix of all pods.
   * @param touched what differs from the state before, as a Snapshot's change says it
   */
  update(world: World, touched: Touched): void {
    this.#world = world;
    const policies = touched.get('NetworkPolicy') ?? new Set<string>();
    const tiers = tierPolicyKinds.some((kind) => touched.has(kind));
    if ((policies.size > 0 || tiers) && !this.#classes.holdFor(world.snapshot)) {
      this.#classes = new PodClasses(world.snapshot, world.snapshot.all('Pod'));
      this.#rows = this.#newRows();
      return;
    }
    for (const namespace of touched.get('Pod') ?? [])
      this.#classes.replace(namespace, world.snapshot.inNamespace('Pod', namespace));
    // Labels of namespaces and nodes, and cluster-wide policies, may concern every class.
    if (tiers || touched.has('Namespace') || touched.has('Node')) this.#rows = this.#newRows();
    else this.#rows.forget(world, policies);
  }

  #newRows(): Rows {
    const known = new Map<string, Labels>();
    const world = this.#world;
    const labels = (namespace: string): Labels => {
      let found = known.get(namespace);
      if (found === undefined) {
        found = labelsOfNamespace(world, namespace);
        known.set(namespace, found);
      }
      return found;
    };
    const peers = new PeerIndex(world, this.#classes.all, labels);
    return new Rows(world, this.#classes.all, peers, this.#sides, labels);
  }

  #join(egressNumber: number, ingressNumber: number): Passage {
    const egress = this.#sides.at(egressNumber);
    const ingress = this.#sides.at(ingressNumber);
    const allowed = intersection(egress.certain, ingress.certain);
    return { allowed, depends: difference(intersection(egress.possible, ingress.possible), allowed) };
  }
}
