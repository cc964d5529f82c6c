import { groupBy } from '../../../base/groupBy.ts';
import type { Node, Pod, Service } from '../../../model/objects.ts';
import { serviceEndpoints } from '../../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { MapBox, MapEdge, MapNode } from '../../panels/protocol/map.ts';
import { workloadId, type Chosen } from './choose.ts';
import { facts } from './facts.ts';
import { clusterBox, namespaceBox, nodeId, type MapGraph } from './graph.ts';
import { storageOf } from './storage.ts';
import type { MapWords } from './words.ts';

/** Every object for itself, in boxes of namespaces and, where a workload has several pods, of workloads. */
export function objectGraph(snapshot: Snapshot, chosen: Chosen, words: MapWords): MapGraph {
  const { pods, services, claims, nodes } = chosen;
  const byWorkload = groupBy(pods, workloadId);
  const boxes: MapBox[] = [];
  const boxOfPod = new Map<Pod, string>();
  for (const [id, members] of byWorkload) {
    const [first] = members;
    if (first === undefined || members.length < 2) continue;
    const [, , what = '', ...name] = id.split('/');
    boxes.push({ id, parent: namespaceBox(first.namespace), is: 'workload', label: name.join('/'), what });
    for (const pod of members) boxOfPod.set(pod, id);
  }
  const drawn: MapNode[] = [];
  const edges: MapEdge[] = [];
  for (const service of services) drawn.push(serviceNode(snapshot, service, words));
  for (const pod of pods) drawn.push(podNode(pod, boxOfPod.get(pod), words));
  for (const node of nodes) drawn.push(machineNode(node, words));
  const known = new Set(drawn.map(({ id }) => id));
  for (const service of services) edges.push(...endpointEdges(snapshot, service, words));
  for (const pod of pods) {
    if (pod.nodeName === '') continue;
    const from = nodeId('Pod', pod.namespace, pod.name);
    const to = nodeId('Node', '', pod.nodeName);
    edges.push({
      id: `runs-on:${from}>${to}`,
      ...{ from, to, kind: 'runs-on', state: 'none', word: '', count: 1, about: words.runsOn(1) },
    });
  }
  const storage = storageOf(snapshot, pods, claims, words);
  drawn.push(...storage.nodes);
  for (const { id } of storage.nodes) known.add(id);
  edges.push(...storage.edges);
  return {
    nodes: drawn,
    boxes: [...outerBoxes(drawn, boxes, words), ...boxes],
    edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  };
}

/** The boxes of the namespaces in which something is drawn, and the cluster's own. */
export function outerBoxes(
  nodes: readonly MapNode[],
  inner: readonly MapBox[],
  words: MapWords,
): readonly MapBox[] {
  const parents = new Map(inner.map(({ id, parent }) => [id, parent]));
  const outer = new Set(nodes.map(({ box }) => parents.get(box) ?? box));
  return [...outer].sort().map((id) =>
    id === clusterBox
      ? { id, parent: '', is: 'cluster', label: words.cluster, what: '' }
      : {
          id,
          parent: '',
          is: 'namespace',
          label: id.slice(namespaceBox('').length),
          what: words.kind('Namespace'),
        },
  );
}

export function serviceNode(snapshot: Snapshot, service: Service, words: MapWords): MapNode {
  const { namespace, name, type, headless, clusterIPs, externalName, ports } = service;
  const portTexts = ports.map(({ port, protocol }) =>
    protocol === 'TCP' ? `${port}` : `${port}/${protocol}`,
  );
  const address = headless ? words.headless : type === 'ExternalName' ? externalName : (clusterIPs[0] ?? '');
  return {
    id: nodeId('Service', namespace, name),
    ...{ kind: 'Service', label: name, name, namespace, what: words.kind('Service') },
    box: namespaceBox(namespace),
    ...words.service(snapshot, service),
    detail: [address, portTexts.join(', ')].filter(Boolean).join(' : '),
    facts: facts([
      [words.fact.namespace, namespace],
      [words.fact.type, type],
      [
        words.fact.addresses,
        headless ? words.headless : [...clusterIPs, externalName].filter(Boolean).join(', '),
      ],
      [
        words.fact.ports,
        ports.map((port) => `${port.port}/${port.protocol} → ${port.targetPort}`).join(', '),
      ],
    ]),
    drills: false,
    actions: ['show-in-tree', 'describe', 'test', 'explain'],
  };
}

function podNode(pod: Pod, box: string | undefined, words: MapWords): MapNode {
  const { namespace, name, ips, nodeName, containers } = pod;
  return {
    id: nodeId('Pod', namespace, name),
    ...{ kind: 'Pod', name, namespace, what: words.kind('Pod') },
    label: box === undefined ? name : shortName(name, box),
    box: box ?? namespaceBox(namespace),
    ...words.pod(pod),
    detail: ips[0] ?? words.noAddress,
    facts: facts([
      [words.fact.namespace, namespace],
      [words.fact.addresses, ips.join(', ') + (pod.hostNetwork ? ` (${words.hostNetwork})` : '')],
      [words.fact.node, nodeName],
      [words.fact.images, [...new Set(containers.map(({ image }) => image))].join(', ')],
    ]),
    drills: false,
    actions: ['show-in-tree', 'describe', 'test', 'explain'],
  };
}

/** What tells a pod from the others of its workload: `…-x7k2p`. */
function shortName(name: string, box: string): string {
  const workload = box.split('/').slice(3).join('/');
  return name.startsWith(`${workload}-`) ? `…-${name.split('-').at(-1) ?? ''}` : name;
}

export function machineNode(node: Node, words: MapWords): MapNode {
  const { name, ready, unschedulable, addresses } = node;
  const ready_ = ready ? words.ready : words.notReady;
  return {
    id: nodeId('Node', '', name),
    ...{ kind: 'Node', label: name, name, namespace: '', what: words.kind('Node'), box: clusterBox },
    // Where nobody may read nodes, none is drawn: this one was read.
    state: ready ? (unschedulable ? 'warning' : 'ok') : 'failed',
    word: unschedulable ? `${ready_}, ${words.unschedulable}` : ready_,
    detail: addresses.find(({ type }) => type === 'InternalIP')?.address ?? '',
    facts: facts([
      [words.fact.addresses, addresses.map(({ type, address }) => `${address} (${type})`).join(', ')],
    ]),
    drills: false,
    actions: ['show-in-tree', 'describe'],
  };
}

function endpointEdges(snapshot: Snapshot, service: Service, words: MapWords): readonly MapEdge[] {
  const from = nodeId('Service', service.namespace, service.name);
  const byPod = groupBy(
    serviceEndpoints(snapshot, service).filter(({ podRef }) => podRef !== undefined),
    ({ podRef }) => nodeId('Pod', podRef?.namespace ?? '', podRef?.name ?? ''),
  );
  return [...byPod].map(([to, endpoints]) => {
    const ready = endpoints.every((endpoint) => endpoint.ready);
    const terminating = endpoints.some((endpoint) => endpoint.terminating);
    const ports = [...new Set(endpoints.flatMap(({ port }) => (port === undefined ? [] : [String(port)])))];
    return {
      id: `endpoint:${from}>${to}`,
      ...{ from, to, kind: 'endpoint', state: ready ? 'ok' : 'warning', count: 1 },
      word: ready ? '' : terminating ? words.terminating : words.notReady,
      about: words.sendsTo(ready, ports.join(', ')),
    };
  });
}
