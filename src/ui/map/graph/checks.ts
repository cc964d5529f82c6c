import { groupBy } from '../../../base/groupBy.ts';
import type { Pod, Service } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { CheckResult } from '../../host/checkResults.ts';
import type { MapEdge, MapLevel, MapState } from '../../panels/protocol/map.ts';
import { workloadId } from './choose.ts';
import { nodeId, worst } from './graph.ts';
import type { MapWords } from './words.ts';

/** The newest result between every two ends, as edges of a level. */
export function checkEdges(
  snapshot: Snapshot,
  results: readonly CheckResult[],
  level: MapLevel,
  words: MapWords,
): readonly MapEdge[] {
  const newest = new Map<
    string,
    { readonly from: string; readonly to: string; readonly result: CheckResult }
  >();
  for (const result of results) {
    const source = snapshot.get('Pod', result.from.namespace, result.from.pod);
    const target = targetOf(snapshot, result);
    if (source === undefined || target === undefined) continue;
    const key = `${result.from.namespace}/${result.from.pod} ${result.target.ref} ${result.target.port}`;
    if (newest.has(key)) continue;
    newest.set(key, { from: endOf(source, level), to: endOf(target, level), result });
  }
  const byEnds = groupBy(
    [...newest.values()].filter(({ from, to }) => from !== to),
    ({ from, to }) => `${from}>${to}`,
  );
  return [...byEnds].flatMap(([ends, made]): readonly MapEdge[] => {
    const [first] = made;
    if (first === undefined) return [];
    const states = made.map(({ result }) => stateOf(result));
    const failed = states.filter((state) => state !== 'ok').length;
    const abouts = made.slice(0, 5).map(({ result }) => {
      if (made.length === 1) return words.check('', result.startedAt);
      return `${result.target.ref}: ${words.check(result.outcome, result.startedAt)}`;
    });
    return [
      {
        id: `check:${ends}`,
        ...{ from: first.from, to: first.to, kind: 'check', state: worst(states), count: made.length },
        word: made.length === 1 ? first.result.outcome : words.checks(failed, made.length),
        about: abouts.join('; '),
      },
    ];
  });
}

function stateOf({ verdict }: CheckResult): MapState {
  if (verdict === 'reachable') return 'ok';
  return verdict === 'inconclusive' ? 'warning' : 'failed';
}

function endOf(object: Pod | Service, level: MapLevel): string {
  if (level === 'namespaces') return nodeId('Namespace', '', object.namespace);
  if (level === 'workloads' && object.kind === 'Pod') return workloadId(object);
  return nodeId(object.kind, object.namespace, object.name);
}

/** The object a check went to; undefined where it is none of the cluster's pods and services. */
function targetOf(snapshot: Snapshot, { target, targetPod, from }: CheckResult): Pod | Service | undefined {
  const named = /^(pod|svc)\/([^/]+)\/([^/:]+)/.exec(target.ref);
  if (named) {
    const [, kind, namespace = '', name = ''] = named;
    return snapshot.get(kind === 'pod' ? 'Pod' : 'Service', namespace, name);
  }
  if (targetPod !== undefined) return snapshot.get('Pod', targetPod.namespace, targetPod.name);
  const [pod] = snapshot.podsByIp(target.host);
  if (pod !== undefined && !pod.hostNetwork) return pod;
  const byIp = snapshot.all('Service').find(({ clusterIPs }) => clusterIPs.includes(target.host));
  if (byIp !== undefined) return byIp;
  const [name = '', namespace = from.namespace, svc = 'svc'] = target.host.split('.');
  return svc === 'svc' ? snapshot.get('Service', namespace, name) : undefined;
}
