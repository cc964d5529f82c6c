import type { Snapshot } from '../../../model/snapshot.ts';
import { groupBy } from '../../../base/groupBy.ts';
import type { MapNode } from '../../panels/protocol/map.ts';
import { mostNodes, type Chosen } from './choose.ts';
import { facts } from './facts.ts';
import { clusterBox, isProblem, nodeId, worst, type MapGraph } from './graph.ts';
import type { MapWords } from './words.ts';
import { machinesOf } from './workloads.ts';

/** Each namespace as one thing with its counts; those with problems first where not all can be drawn. */
export function namespaceGraph(snapshot: Snapshot, chosen: Chosen, words: MapWords): MapGraph {
  const pods = groupBy(chosen.pods, ({ namespace }) => namespace);
  const services = groupBy(chosen.services, ({ namespace }) => namespace);
  const cards = chosen.namespaces.map((namespace): MapNode => {
    const own = pods.get(namespace) ?? [];
    const ownServices = services.get(namespace) ?? [];
    const judged = [
      ...own.map((pod) => words.pod(pod)),
      ...ownServices.map((service) => words.service(snapshot, service)),
    ];
    const problems = judged.filter(isProblem).length;
    const ready = own.filter((pod) => pod.ready).length;
    return {
      id: nodeId('Namespace', '', namespace),
      ...{
        kind: 'Namespace',
        label: namespace,
        name: namespace,
        namespace: '',
        what: words.kind('Namespace'),
      },
      box: '',
      state: worst(judged.map(({ state }) => state)),
      word: problems === 0 ? '' : words.problemCount(problems),
      detail: `${words.podCount(own.length)}, ${words.serviceCount(ownServices.length)}`,
      facts: facts([
        [words.fact.pods, words.readyOf(ready, own.length)],
        [words.fact.services, String(ownServices.length)],
      ]),
      drills: true,
      actions: ['show-in-tree', 'describe'],
    };
  });
  const shown =
    cards.length <= mostNodes
      ? cards
      : [...cards.filter(isProblem), ...cards.filter((card) => !isProblem(card))].slice(0, mostNodes);
  const machines = machinesOf(chosen.nodes, words);
  const boxes =
    machines.length === 0
      ? []
      : [{ id: clusterBox, parent: '', is: 'cluster' as const, label: words.cluster, what: '' }];
  return { nodes: [...shown, ...machines], boxes, edges: [] };
}
