import type { Pod, Volume } from './objects.ts';
import type { Snapshot } from './snapshot.ts';

/** How long what is in a volume lives. */
export type Lifetime =
  /** Made with the pod, kept when a container crashes, gone with the pod (emptyDir). */
  | 'pod'
  /** The same, in memory: counts against the containers' memory limits, and is lost when the node restarts. */
  | 'memory'
  /** A folder of the node: outlives the pod there, and other nodes have another (hostPath). */
  | 'node'
  /** Lives with its claim (persistentVolumeClaim). */
  | 'claim'
  /** A claim of the pod's own, deleted with it (ephemeral). */
  | 'pod-claim'
  /** A copy of an object of the cluster, read-only and kept up to date (configMap, secret, projected, downwardAPI). */
  | 'object'
  /** A storage system outside the cluster (nfs, iscsi, …). */
  | 'external'
  /** An inline volume of a driver, which made it for the pod (csi). */
  | 'driver'
  /** What an image holds, read-only. */
  | 'image'
  | 'unknown';

const lifetimes: Readonly<Record<string, Lifetime>> = {
  emptyDir: 'pod',
  hostPath: 'node',
  persistentVolumeClaim: 'claim',
  ephemeral: 'pod-claim',
  configMap: 'object',
  secret: 'object',
  projected: 'object',
  downwardAPI: 'object',
  nfs: 'external',
  iscsi: 'external',
  fc: 'external',
  csi: 'driver',
  image: 'image',
  gitRepo: 'pod',
};

/** Plugins that were part of Kubernetes: removed, or handed over to CSI drivers (core/v1 VolumeSource). */
const inTree: ReadonlySet<string> = new Set([
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
]);

export function lifetimeOf({ kind, source }: Volume): Lifetime {
  if (kind === 'emptyDir' && source === 'Memory') return 'memory';
  return lifetimes[kind] ?? (inTree.has(kind) ? 'external' : 'unknown');
}

/** Whether the kind is one of the old plugins that manifests should no longer use. */
export function isOldInTree({ kind }: Volume): boolean {
  return inTree.has(kind);
}

/** The other pods that mount the same storage: the same claim, or the same folder of the same node. */
export function podsSharing(snapshot: Snapshot, pod: Pod, volume: Volume): readonly Pod[] {
  if (
    volume.source === '' ||
    (volume.kind !== 'persistentVolumeClaim' && volume.kind !== 'hostPath' && volume.kind !== 'nfs')
  )
    return [];
  const pods =
    volume.kind === 'persistentVolumeClaim'
      ? snapshot.inNamespace('Pod', pod.namespace)
      : snapshot.all('Pod');
  return pods.filter(
    (other) =>
      other !== pod &&
      (volume.kind !== 'hostPath' || (other.nodeName !== '' && other.nodeName === pod.nodeName)) &&
      other.volumes.some(({ kind, source }) => kind === volume.kind && source === volume.source),
  );
}

/** The pods that mount a claim. */
export function podsOfClaim(snapshot: Snapshot, namespace: string, claim: string): readonly Pod[] {
  return snapshot
    .inNamespace('Pod', namespace)
    .filter(({ volumes }) =>
      volumes.some(({ kind, source }) => kind === 'persistentVolumeClaim' && source === claim),
    );
}
