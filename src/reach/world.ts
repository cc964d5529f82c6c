import type { Labels, Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** All that an answer is drawn from: a cluster's objects, or those of files. */
export interface World {
  readonly snapshot: Snapshot;
  /**
   * Whether the pods run: then readiness and endpoint slices count. In files nothing runs, and a pod counts as one
   * that will.
   */
  readonly running: boolean;
  /** In files: pods that stand for several of their workload, which then reach each other or not. */
  readonly replicated?: ReadonlySet<Pod>;
  /** In files: pods whose status, which came along from a cluster, says that they are not ready. */
  readonly unready?: ReadonlySet<Pod>;
  /** Policies of kinds that are not evaluated here, as `KIND/NAMESPACE/NAME`. */
  readonly notEvaluated?: readonly string[];
}

/**
 * A namespace's labels. Every namespace carries its name as `kubernetes.io/metadata.name`, which the API server
 * sets, so manifests need not.
 */
export function labelsOfNamespace({ snapshot }: World, namespace: string): Labels {
  const labels = snapshot.get('Namespace', '', namespace)?.labels ?? {};
  return { ...labels, 'kubernetes.io/metadata.name': namespace };
}

/** As `labelsOfNamespace`, worked out once for each namespace. */
export function rememberedLabels(world: World): (namespace: string) => Labels {
  const known = new Map<string, Labels>();
  return (namespace) => {
    let found = known.get(namespace);
    if (found === undefined) {
      found = labelsOfNamespace(world, namespace);
      known.set(namespace, found);
    }
    return found;
  };
}
