import type { Pod } from '../model/objects.ts';
import type { Touched } from '../model/snapshot.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { PodClasses, type PodClass } from './classes.ts';
import { PeerIndex } from './peerClasses.ts';
import { ownNodeOf, shareFamily, type OwnNode } from './podToPod.ts';
import { allPorts } from './portSet.ts';
import { Rows } from './rows.ts';
import { Sides, type Passage } from './sides.ts';
import { rememberedLabels, type World } from './world.ts';

export type { Passage } from './sides.ts';

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
    if (!shareFamily(from, to)) return this.#sides.join(Sides.closed, Sides.closed);
    return this.betweenClasses(source, target, ownNodeOf(from, to));
  }

  /**
   * What passes between the pods of two classes.
   * @param ownNode what the two have to do with each other's node
   */
  betweenClasses(source: PodClass, target: PodClass, ownNode?: OwnNode): Passage {
    const out = this.#rows.side('egress', source, target);
    const egress = ownNode === 'to-node' ? this.#sides.plus(out, allPorts, 'possible') : out;
    const ingress = ownNode === 'from-node' ? Sides.open : this.#rows.side('ingress', target, source);
    return this.#sides.join(egress, ingress);
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
    const world = this.#world;
    const labels = rememberedLabels(world);
    const peers = new PeerIndex(world, this.#classes.all, labels);
    return new Rows(world, this.#classes.all, peers, this.#sides, labels);
  }
}
