import type { Pod, Volume } from './objects.ts';
import { podsByNode } from './podsByNode.ts';
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

/** The other pods that mount the same storage: the same claim, export, or folder of the same node. */
export function podsSharing(snapshot: Snapshot, pod: Pod, volume: Volume): readonly Pod[] {
  const { kind, source } = volume;
  if (source === '') return [];
  const sharing = candidates(snapshot, pod, volume).filter(
    (other) =>
      other !== pod && other.volumes.some((theirs) => theirs.kind === kind && theirs.source === source),
  );
  return sharing;
}

function candidates(snapshot: Snapshot, pod: Pod, { kind, source }: Volume): readonly Pod[] {
  if (kind === 'persistentVolumeClaim') return podsOfClaim(snapshot, pod.namespace, source);
  if (kind === 'hostPath') return pod.nodeName === '' ? [] : (podsByNode(snapshot).get(pod.nodeName) ?? []);
  return kind === 'nfs' ? snapshot.all('Pod') : [];
}

// A cache of a pure function of an immutable list: the Snapshot hands out the same list until a pod changes.
const byClaim = new WeakMap<readonly Pod[], ReadonlyMap<string, readonly Pod[]>>();

/** The pods that mount a claim. */
export function podsOfClaim(snapshot: Snapshot, namespace: string, claim: string): readonly Pod[] {
  const pods = snapshot.inNamespace('Pod', namespace);
  let index = byClaim.get(pods);
  if (index === undefined) {
    index = indexByClaim(pods);
    byClaim.set(pods, index);
  }
  return index.get(claim) ?? [];
}

function indexByClaim(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const index = new Map<string, Pod[]>();
  for (const pod of pods) {
    const claims = pod.volumes
      .filter(({ kind }) => kind === 'persistentVolumeClaim')
      .map(({ source }) => source);
    for (const claim of new Set(claims)) {
      const there = index.get(claim);
      if (there === undefined) index.set(claim, [pod]);
      else there.push(pod);
    }
  }
  return index;
}
