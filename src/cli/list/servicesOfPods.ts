import type { Labels, Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/**
 * The names of the Services that select each pod. The pods of a workload have the same labels object where they come
 * from a cluster, so that most pods are looked up and not matched.
 */
export class ServicesOfPods {
  readonly #snapshot: Snapshot;
  readonly #known = new Map<string, Map<Labels, readonly string[]>>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Sorted, as the Snapshot has them. */
  namesOf(pod: Pod): readonly string[] {
    let inNamespace = this.#known.get(pod.namespace);
    if (inNamespace === undefined) {
      inNamespace = new Map();
      this.#known.set(pod.namespace, inNamespace);
    }
    let names = inNamespace.get(pod.labels);
    if (names === undefined) {
      names = this.#snapshot.servicesSelecting(pod).map(({ name }) => name);
      inNamespace.set(pod.labels, names);
    }
    return names;
  }
}
