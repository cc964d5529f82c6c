import { groupBy } from '../../../base/groupBy.ts';
import type { Node, Pod } from '../../../model/objects.ts';
import { serviceEndpoints } from '../../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { MapEdge, MapNode } from '../../panels/protocol/map.ts';
import { workloadId, type Chosen } from './choose.ts';
import { facts } from './facts.ts';
import { clusterBox, isProblem, namespaceBox, nodeId, worst, type MapGraph } from './graph.ts';
import { machineNode, outerBoxes, serviceNode } from './objects.ts';
import type { MapWords } from './words.ts';

/** So many nodes are drawn one by one beside workloads; more are drawn as one. */
const mostMachines = 40;

/** Workloads with counts in place of pods, with the services before them. */
export function workloadGraph(snapshot: Snapshot, chosen: Chosen, words: MapWords): MapGraph {
  const { pods, services } = chosen;
  const nodes: MapNode[] = [];
  const edges: MapEdge[] = [];
  const byWorkload = groupBy(pods, workloadId);
  for (const [id, members] of byWorkload) nodes.push(workloadNode(id, members, words));
  const machines = machinesOf(chosen.nodes, words);
  nodes.push(...machines);
  for (const service of services) {
    nodes.push(serviceNode(snapshot, service, words));
    const from = nodeId('Service', service.namespace, service.name);
    const endpoints = serviceEndpoints(snapshot, service).filter(({ pod }) => pod !== undefined);
    const byTarget = groupBy(endpoints, ({ pod }) => (pod === undefined ? '' : workloadId(pod)));
    for (const [to, behind] of byTarget) {
      if (!byWorkload.has(to)) continue;
      const isReady = new Map(behind.map(({ ip, ready }) => [ip, ready]));
      const ready = [...isReady.values()].filter(Boolean).length;
      const ports = new Set(behind.flatMap(({ port }) => (port === undefined ? [] : [String(port)])));
      edges.push({
        id: `endpoint:${from}>${to}`,
        ...{ from, to, kind: 'endpoint', count: isReady.size },
        state: ready === isReady.size ? 'ok' : 'warning',
        word: ready === isReady.size ? '' : words.readyOf(ready, isReady.size),
        about: words.sendsTo(ready === isReady.size, [...ports].join(', ')),
      });
    }
  }
  if (machines.length > 1) {
    for (const [from, members] of byWorkload) {
      for (const [machine, there] of groupBy(members, ({ nodeName }) => nodeName)) {
        if (machine === '') continue;
        const to = nodeId('Node', '', machine);
        edges.push({
          id: `runs-on:${from}>${to}`,
          ...{ from, to, kind: 'runs-on', state: 'none', word: '', count: there.length },
          about: words.runsOn(there.length),
        });
      }
    }
  }
  return { nodes, boxes: outerBoxes(nodes, [], words), edges };
}

function workloadNode(id: string, pods: readonly Pod[], words: MapWords): MapNode {
  const [, namespace = '', kind = '', ...rest] = id.split('/');
  const name = rest.join('/');
  const judged = pods.map((pod) => words.pod(pod));
  const bad = judged.filter(isProblem);
  const ready = pods.filter((pod) => pod.ready).length;
  // One pod's state is told in its own words; of several, the count and the most frequent trouble.
  const trouble = mostFrequent(bad.map(({ word }) => word));
  return {
    id,
    ...{ kind: 'Workload', label: name, name, namespace, what: kind, box: namespaceBox(namespace) },
    state: worst(judged.map(({ state }) => state)),
    word: [words.readyOf(ready, pods.length), trouble].filter(Boolean).join(' · '),
    detail: words.podCount(pods.length),
    facts: facts([
      [words.fact.namespace, namespace],
      [words.fact.pods, words.readyOf(ready, pods.length)],
      [
        words.fact.images,
        [...new Set(pods.flatMap(({ containers }) => containers.map(({ image }) => image)))]
          .slice(0, 5)
          .join(', '),
      ],
    ]),
    drills: true,
    actions: [],
  };
}

export function machinesOf(machines: readonly Node[], words: MapWords): readonly MapNode[] {
  const drawn = machines.map((node) => machineNode(node, words));
  if (drawn.length <= mostMachines) return drawn;
  const ready = machines.filter((node) => node.ready).length;
  return [
    {
      id: nodeId('Node', '', '*'),
      ...{
        kind: 'Node',
        label: words.nodeCount(drawn.length),
        name: words.nodeCount(drawn.length),
        namespace: '',
      },
      ...{ what: words.kind('Node'), box: clusterBox, state: worst(drawn.map(({ state }) => state)) },
      ...{ word: words.readyOf(ready, drawn.length), detail: '', facts: [], drills: false, actions: [] },
    },
  ];
}

function mostFrequent(texts: readonly string[]): string {
  const counted = [...groupBy(texts, (text) => text)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? '';
}
