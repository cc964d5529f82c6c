import type { ObjectName } from '../../../model/requests.ts';
import type { Pod } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { workloadOf } from '../../../model/workload.ts';

/** What goes with an object when it is deleted, or breaks without it. */
export interface Dependents {
  /** Deleted with it, in full: `Pod default/web-1`. */
  readonly deleted: readonly string[];
  /** Stay, and miss it. */
  readonly missing: readonly string[];
}

/** What a cluster's objects say about the deletion of one; only kinds that a Snapshot holds are seen. */
export function dependentsOf(name: ObjectName, snapshot: Snapshot): Dependents {
  const { kind, namespace } = name;
  const pods = snapshot.inNamespace('Pod', namespace);
  if (kind === 'Namespace') {
    const inside = (['Pod', 'Service', 'NetworkPolicy'] as const).flatMap((each) =>
      snapshot.inNamespace(each, name.name).map((object) => `${each} ${name.name}/${object.name}`),
    );
    return { deleted: inside, missing: [] };
  }
  if (kind === 'Service') {
    const service = snapshot.get('Service', namespace, name.name);
    const slices = service === undefined ? [] : snapshot.slicesOf(service);
    return { deleted: slices.map((slice) => `EndpointSlice ${namespace}/${slice.name}`), missing: [] };
  }
  const volumes: Readonly<Record<string, string>> = {
    PersistentVolumeClaim: 'persistentVolumeClaim',
    ConfigMap: 'configMap',
    Secret: 'secret',
  };
  const volumeKind = volumes[kind];
  if (volumeKind !== undefined) {
    const users = pods.filter((pod) =>
      pod.volumes.some((volume) => volume.kind === volumeKind && volume.source === name.name),
    );
    return { deleted: [], missing: users.map(podTitle) };
  }
  if (kind === 'ServiceAccount')
    return { deleted: [], missing: pods.filter((pod) => pod.serviceAccount === name.name).map(podTitle) };
  return { deleted: pods.filter((pod) => isOwned(pod, name)).map(podTitle), missing: [] };
}

/** Owned by it, or by what it made: a Deployment owns its pods by a ReplicaSet. */
function isOwned(pod: Pod, { kind, name }: ObjectName): boolean {
  return [pod.owner, workloadOf(pod)].some((owner) => owner?.kind === kind && owner.name === name);
}

function podTitle({ namespace, name }: Pod): string {
  return `Pod ${namespace}/${name}`;
}
