import type { Pod } from '../model/objects.ts';
import type { PodClass, PodClasses } from './classes.ts';
import { PeerIndex } from './peerClasses.ts';
import { ownNodeOf, shareFamily } from './podToPod.ts';
import { allPorts } from './portSet.ts';
import { Rows } from './rows.ts';
import { Sides, type Passage } from './sides.ts';
import { rememberedLabels, type World } from './world.ts';

/**
 * What passes between one pod and all others: of the whole matrix only this pod's row and column, so that it costs as much
 * as there are classes, not their square.
 */
export class AroundPod {
  readonly #pod: Pod;
  readonly #toward: 'in' | 'out';
  readonly #classes: PodClasses;
  readonly #sides = new Sides();
  /** The pod's class, as the subject and as the only other. */
  readonly #own: PodClass;
  readonly #alone: PodClass;
  readonly #ofPod: Rows;
  readonly #ofOthers: Rows;

  /** @param toward `in`: who reaches the pod; `out`: whom it reaches */
  constructor(world: World, classes: PodClasses, pod: Pod, toward: 'in' | 'out') {
    const own = classes.of(pod);
    if (own === undefined) throw new RangeError('The classes were made without this pod');
    this.#pod = pod;
    this.#toward = toward;
    this.#classes = classes;
    this.#own = own;
    this.#alone = { ...own, index: 0 };
    const labels = rememberedLabels(world);
    const rows = (others: readonly PodClass[]): Rows =>
      new Rows(world, others, new PeerIndex(world, others, labels), this.#sides, labels);
    this.#ofPod = rows(classes.all);
    this.#ofOthers = rows([this.#alone]);
  }

  /** What passes between the pod and one of the others. The same object for all that is the same. */
  with(peer: Pod): Passage {
    const other = this.#classes.of(peer);
    if (other === undefined) throw new RangeError('The classes were made without this pod');
    const isIn = this.#toward === 'in';
    const [from, to] = isIn ? [peer, this.#pod] : [this.#pod, peer];
    if (!shareFamily(from, to)) return this.#sides.join(Sides.closed, Sides.closed);
    const near = ownNodeOf(from, to);
    const out = isIn
      ? this.#ofOthers.side('egress', other, this.#alone)
      : this.#ofPod.side('egress', this.#own, other);
    const egress = near === 'to-node' ? this.#sides.plus(out, allPorts, 'possible') : out;
    if (near === 'from-node') return this.#sides.join(egress, Sides.open);
    const ingress = isIn
      ? this.#ofPod.side('ingress', this.#own, other)
      : this.#ofOthers.side('ingress', other, this.#alone);
    return this.#sides.join(egress, ingress);
  }
}
