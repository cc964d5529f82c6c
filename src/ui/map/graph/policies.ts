import { groupBy } from '../../../base/groupBy.ts';
import type { Pod } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { isolatingPolicies } from '../../../reach/isolating.ts';
import { ReachMatrix } from '../../../reach/matrix.ts';
import { isEmpty } from '../../../reach/portSet.ts';
import type { MapEdge, MapLevel } from '../../panels/protocol/map.ts';
import { workloadId } from './choose.ts';
import { nodeId } from './graph.ts';
import type { MapWords } from './words.ts';

/** Pairs looked at; a map with more workloads under policies says that it leaves policies out. */
const mostPairs = 40_000;
/** Edges drawn: more could not be told apart. */
const mostEdges = 600;

/** Who may and may not reach the workloads that a policy isolates; undefined: too many to look at or to draw. */
export function policyEdges(
  snapshot: Snapshot,
  pods: readonly Pod[],
  level: MapLevel,
  words: MapWords,
): readonly MapEdge[] | undefined {
  if (level === 'namespaces') return undefined;
  const groups = [...groupBy(pods, workloadId)].flatMap(([id, members]) => {
    const [sample] = members;
    if (sample === undefined) return [];
    const end =
      level === 'workloads' || members.length > 1 ? id : nodeId('Pod', sample.namespace, sample.name);
    return [{ end, sample }];
  });
  const isolated = groups.filter(({ sample }) => {
    const policies = snapshot.inNamespace('NetworkPolicy', sample.namespace);
    return isolatingPolicies(policies, sample).ingress.length > 0;
  });
  if (isolated.length * groups.length > mostPairs) return undefined;
  const matrix = new ReachMatrix(
    { snapshot, running: true },
    groups.map(({ sample }) => sample),
  );
  const edges: MapEdge[] = [];
  for (const target of isolated) {
    for (const source of groups) {
      if (source === target) continue;
      const passage = matrix.between(source.sample, target.sample);
      const closed = isEmpty(passage.allowed) && isEmpty(passage.depends);
      const kind = closed ? 'denied' : 'allowed';
      edges.push({
        id: `${kind}:${source.end}>${target.end}`,
        ...{ from: source.end, to: target.end, kind, state: 'none', count: 1 },
        word: closed ? words.denied : words.allowed,
        about: closed ? words.mayNotReach : words.mayReach(passage),
      });
    }
  }
  return edges.length > mostEdges
    ? edges.filter(({ kind }) => kind === 'allowed').slice(0, mostEdges)
    : edges;
}
