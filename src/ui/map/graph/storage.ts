import { groupBy } from '../../../base/groupBy.ts';
import type { Pod, Volume } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../model/storage.ts';
import { mountsOf } from '../../../model/volumeMounts.ts';
import type { Judgement } from '../../host/judge.ts';
import type { MapEdge, MapNode } from '../../panels/protocol/map.ts';
import { workloadId } from './choose.ts';
import { facts } from './facts.ts';
import { namespaceBox, nodeId } from './graph.ts';
import type { MapWords } from './words.ts';

/** Claims with the volumes they are bound to, what pods share without a claim, and who mounts them. */
export function storageOf(
  snapshot: Snapshot,
  pods: readonly Pod[],
  claims: readonly PersistentVolumeClaim[],
  words: MapWords,
): { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] } {
  const nodes: MapNode[] = [];
  const edges: MapEdge[] = [];
  for (const claim of claims) {
    const from = nodeId('PersistentVolumeClaim', claim.namespace, claim.name);
    nodes.push(claimNode(claim, words));
    const volume =
      claim.volumeName === '' ? undefined : snapshot.get('PersistentVolume', '', claim.volumeName);
    if (volume === undefined) continue;
    const to = nodeId('PersistentVolume', '', volume.name);
    // A volume belongs to no namespace; it is drawn where its only claim is.
    nodes.push(volumeNode(volume, claim.namespace, words));
    edges.push({
      id: `bound:${from}>${to}`,
      ...{ from, to, kind: 'bound', state: 'none', word: '', count: 1, about: words.boundTo },
    });
  }
  const shared = sharedVolumes(pods);
  for (const { id, namespace, volume, perPod } of shared.values())
    nodes.push(sharedNode(id, namespace, volume, perPod, words));
  for (const pod of pods) {
    const from = nodeId('Pod', pod.namespace, pod.name);
    for (const volume of pod.volumes) {
      const to =
        volume.kind === 'persistentVolumeClaim'
          ? nodeId('PersistentVolumeClaim', pod.namespace, volume.source)
          : shareId(pod, volume);
      if (to === undefined) continue;
      const paths = mountsOf(pod, volume).map(({ container, path }) => `${container}:${path}`);
      edges.push({
        id: `mounts:${from}>${to}`,
        ...{ from, to, kind: 'mounts', state: 'none', word: '', count: 1 },
        about: words.mountedAt(paths.join(', ')),
      });
    }
  }
  const seen = new Set<string>();
  return { nodes, edges: edges.filter(({ id }) => !seen.has(id) && seen.add(id)) };
}

function claimNode(claim: PersistentVolumeClaim, words: MapWords): MapNode {
  const { namespace, name, capacity, requested, storageClass = '' } = claim;
  return {
    id: nodeId('PersistentVolumeClaim', namespace, name),
    ...{ kind: 'PersistentVolumeClaim', label: name, name, namespace },
    what: words.kind('PersistentVolumeClaim'),
    box: namespaceBox(namespace),
    ...claimState(claim, words),
    detail: [capacity || requested, storageClass].filter(Boolean).join(' · '),
    facts: facts([
      [words.fact.namespace, namespace],
      [words.fact.size, capacity || requested],
      [words.fact.class, storageClass],
    ]),
    drills: false,
    actions: ['show-in-tree', 'describe'],
  };
}

function claimState({ phase }: PersistentVolumeClaim, words: MapWords): Judgement {
  if (phase === 'Pending') return { state: 'warning', word: words.claimPending };
  if (phase === 'Lost') return { state: 'failed', word: words.claimLost };
  return { state: phase === 'Bound' ? 'ok' : 'none', word: phase };
}

function volumeNode(volume: PersistentVolume, namespace: string, words: MapWords): MapNode {
  const { name, phase, capacity, source, storageClass } = volume;
  return {
    id: nodeId('PersistentVolume', '', name),
    ...{ kind: 'PersistentVolume', label: name, name, namespace: '' },
    what: words.kind('PersistentVolume'),
    box: namespaceBox(namespace),
    state: phase === 'Failed' ? 'failed' : phase === 'Bound' ? 'ok' : 'none',
    word: phase,
    detail: [capacity, source.kind].filter(Boolean).join(' · '),
    facts: facts([
      [words.fact.size, capacity],
      [words.fact.type, [source.kind, source.reference].filter(Boolean).join(' ')],
      [words.fact.class, storageClass],
    ]),
    drills: false,
    actions: ['show-in-tree', 'describe'],
  };
}

interface Shared {
  readonly id: string;
  readonly namespace: string;
  readonly volume: Volume;
  /** Each pod has one of its own, which its containers share. */
  readonly perPod: boolean;
}

/** What is shared without a claim: by the containers of a pod, or by several pods. */
function sharedVolumes(pods: readonly Pod[]): ReadonlyMap<string, Shared> {
  const uses = pods.flatMap((pod) =>
    pod.volumes.flatMap((volume) => {
      const id = shareId(pod, volume);
      return id === undefined ? [] : [{ id, pod, volume }];
    }),
  );
  const found = new Map<string, Shared>();
  for (const [id, users] of groupBy(uses, (use) => use.id)) {
    const [first] = users;
    if (first === undefined) continue;
    const perPod = first.volume.kind === 'emptyDir';
    const isShared = perPod || new Set(users.map(({ pod }) => pod)).size > 1;
    if (isShared) found.set(id, { id, namespace: first.pod.namespace, volume: first.volume, perPod });
  }
  return found;
}

/** The id of what a volume stands for, if something else may share it; undefined: it is the container's alone. */
function shareId(pod: Pod, volume: Volume): string | undefined {
  const { kind, source, name } = volume;
  if (kind === 'hostPath' && pod.nodeName !== '')
    return nodeId('Volume', pod.namespace, `hostPath/${pod.nodeName}${source}`);
  if (kind === 'nfs' && source !== '') return nodeId('Volume', pod.namespace, `nfs/${source}`);
  if (kind !== 'emptyDir') return undefined;
  const containers = new Set(mountsOf(pod, volume).map(({ container }) => container));
  return containers.size < 2
    ? undefined
    : nodeId('Volume', pod.namespace, `emptyDir/${workloadId(pod)}/${name}`);
}

function sharedNode(
  id: string,
  namespace: string,
  { name, kind, source }: Volume,
  perPod: boolean,
  words: MapWords,
): MapNode {
  return {
    id,
    ...{ kind: 'Volume', label: name, name, namespace, what: words.kind('Volume') },
    box: namespaceBox(namespace),
    ...{ state: 'none', word: perPod ? words.onePerPod : '' },
    detail: [kind, source].filter(Boolean).join(' '),
    facts: facts([
      [words.fact.namespace, namespace],
      [words.fact.type, [kind, source].filter(Boolean).join(' ')],
    ]),
    drills: false,
    actions: [],
  };
}
