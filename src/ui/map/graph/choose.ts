import type { PersistentVolumeClaim } from '../../../model/storage.ts';
import type { Node, Pod, Service } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { workloadOf } from '../../../model/workload.ts';
import type { MapLevel, MapView } from '../../panels/protocol/map.ts';
import { isProblem, nodeId } from './graph.ts';
import type { MapWords } from './words.ts';

/** A page draws this many things and stays quick; what is more is drawn as workloads or namespaces. */
export const mostNodes = 700;

/** The objects a person wants to see. */
export interface Chosen {
  readonly namespaces: readonly string[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly claims: readonly PersistentVolumeClaim[];
  readonly nodes: readonly Node[];
  /** How many pods were left out because one workload has too many of them. */
  readonly leftOut: number;
}

/** The id of what made a pod, or of the pod alone. */
export function workloadId(pod: Pod): string {
  const owner = workloadOf(pod);
  if (owner === undefined) return nodeId('Workload', pod.namespace, `Pod/${pod.name}`);
  return nodeId('Workload', owner.namespace, `${owner.kind}/${owner.name}`);
}

/** Every namespace that has something to draw. */
export function namespacesOf(snapshot: Snapshot): readonly string[] {
  const names = new Set<string>();
  for (const kind of ['Pod', 'Service', 'PersistentVolumeClaim'] as const)
    for (const namespace of snapshot.namespacesWith(kind)) names.add(namespace);
  return [...names].sort();
}

/** Applies what a person chose: namespaces, one workload, problems only. */
export function choose(snapshot: Snapshot, view: MapView, words: MapWords): Chosen {
  const all = namespacesOf(snapshot);
  const namespaces =
    view.namespaces.length === 0 ? all : all.filter((name) => view.namespaces.includes(name));
  const within = <T>(list: (namespace: string) => readonly T[]): readonly T[] => namespaces.flatMap(list);
  let pods = within((namespace) => snapshot.inNamespace('Pod', namespace));
  let services = within((namespace) => snapshot.inNamespace('Service', namespace));
  let claims = within((namespace) => snapshot.inNamespace('PersistentVolumeClaim', namespace));
  let nodes = snapshot.all('Node');
  let leftOut = 0;
  if (view.workload !== undefined) {
    const ofWorkload = pods.filter((pod) => workloadId(pod) === view.workload);
    pods = problemsFirst(ofWorkload, words).slice(0, mostNodes - 150);
    leftOut = ofWorkload.length - pods.length;
    services = servicesOf(snapshot, pods);
  }
  if (view.onlyProblems) {
    const ofPods = pods.filter((pod) => isProblem(words.pod(pod)));
    const selecting = new Set(servicesOf(snapshot, ofPods));
    services = services.filter(
      (service) => selecting.has(service) || isProblem(words.service(snapshot, service)),
    );
    claims = claims.filter(({ phase }) => phase === 'Pending' || phase === 'Lost');
    const broken = new Set(claims.map(({ namespace, name }) => `${namespace}/${name}`));
    const waiting = broken.size === 0 ? [] : pods.filter((pod) => mountsAny(pod, broken));
    pods = [...new Set([...ofPods, ...waiting])];
  }
  if (view.workload !== undefined || view.onlyProblems) {
    const mounted = claimsOf(pods);
    const wanted = new Set(claims);
    claims = within((namespace) => snapshot.inNamespace('PersistentVolumeClaim', namespace)).filter(
      (claim) =>
        mounted.has(`${claim.namespace}/${claim.name}`) || (view.workload === undefined && wanted.has(claim)),
    );
  }
  const isNarrowed = view.workload !== undefined || view.onlyProblems || view.namespaces.length > 0;
  if (isNarrowed) {
    const used = new Set(pods.map(({ nodeName }) => nodeName));
    nodes = nodes.filter((node) => used.has(node.name) || (view.onlyProblems && !node.ready));
  }
  return { namespaces, pods, services, claims, nodes, leftOut };
}

/** The level that is drawn: the finest that a page can take, or the one that was asked for if it can. */
export function levelFor(chosen: Chosen, view: MapView): MapLevel {
  const counts = countsByLevel(chosen, view);
  if (view.level === 'namespaces') return 'namespaces';
  if (view.level !== 'workloads' && counts.objects <= mostNodes) return 'objects';
  return counts.workloads <= mostNodes ? 'workloads' : 'namespaces';
}

/** How many things each level would draw. */
export function countsByLevel(chosen: Chosen, view: MapView): Readonly<Record<MapLevel, number>> {
  const shown = (kind: MapView['hiddenKinds'][number], count: number): number =>
    view.hiddenKinds.includes(kind) ? 0 : count;
  const services = shown('Service', chosen.services.length);
  const nodes = shown('Node', chosen.nodes.length);
  const claims = shown('PersistentVolumeClaim', chosen.claims.length);
  const volumes = shown('PersistentVolume', chosen.claims.length);
  return {
    objects: shown('Pod', chosen.pods.length) + services + nodes + claims + volumes,
    workloads: new Set(chosen.pods.map(workloadId)).size + services + 1,
    namespaces: chosen.namespaces.length + 1,
  };
}

function problemsFirst(pods: readonly Pod[], words: MapWords): readonly Pod[] {
  const problems = pods.filter((pod) => isProblem(words.pod(pod)));
  return problems.length === 0 ? pods : [...new Set([...problems, ...pods])];
}

function servicesOf(snapshot: Snapshot, pods: readonly Pod[]): readonly Service[] {
  const found = new Set<Service>();
  // Pods of one workload bear the same labels but for what tells them apart, which no Service selects by.
  const seen = new Set<string>();
  for (const pod of pods) {
    const key = `${pod.namespace}\0${JSON.stringify(pod.labels)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const service of snapshot.servicesSelecting(pod)) found.add(service);
  }
  return [...found];
}

function claimsOf(pods: readonly Pod[]): ReadonlySet<string> {
  return new Set(
    pods.flatMap(({ namespace, volumes }) =>
      volumes
        .filter(({ kind }) => kind === 'persistentVolumeClaim')
        .map(({ source }) => `${namespace}/${source}`),
    ),
  );
}

function mountsAny({ namespace, volumes }: Pod, claims: ReadonlySet<string>): boolean {
  return volumes.some(
    ({ kind, source }) => kind === 'persistentVolumeClaim' && claims.has(`${namespace}/${source}`),
  );
}
