import { groupBy } from '../../src/base/groupBy.ts';
import { readers } from '../../src/model/readObject.ts';
import type { AnyObject } from '../../src/model/objects.ts';
import { Snapshot } from '../../src/model/snapshot.ts';
import { buildMap } from '../../src/ui/map/graph/build.ts';
import { wholeMap } from '../../src/ui/map/wholeMap.ts';
import { layoutMap, newMemory } from '../../src/ui/panels/web/map/layout.ts';
import { words } from '../unit/ui/map/words.ts';
import { generatedWorld } from './reach.ts';
import { Blocks, round } from './scale/blocks.ts';

/** What the Map panel does for a cluster of so many pods: the graph in the extension, the arrangement in the page. */
export async function benchMap(): Promise<void> {
  for (const pods of [20, 500, 10_000]) {
    const snapshot = clusterOf(pods);
    const runs = [];
    for (let run = 0; run < 5; run++) {
      const start = performance.now();
      const map = buildMap(snapshot, wholeMap, [], words);
      const graphMs = performance.now() - start;
      const size = () => ({ width: 160, height: 46 });
      const blocks = new Blocks();
      const memory = newMemory();
      const first = performance.now();
      await layoutMap(map, size, memory, turn);
      const layoutMs = performance.now() - first;
      const { longestWorkMs } = blocks.take();
      blocks.stop();
      const again = performance.now();
      await layoutMap(map, size, memory, turn);
      const unchangedMs = performance.now() - again;
      const { nodes, boxes, edges } = map;
      const contentKb = Math.round(JSON.stringify({ nodes, boxes, edges }).length / 1024);
      runs.push({ map, graphMs, layoutMs, longestWorkMs, unchangedMs, contentKb });
    }
    // The middle one by the arrangement's time; the first had to warm up.
    const middle = runs.sort((a, b) => a.layoutMs - b.layoutMs)[2];
    if (middle === undefined) return;
    const { map, graphMs, layoutMs, longestWorkMs, unchangedMs, contentKb } = middle;
    console.log(
      JSON.stringify({
        bench: 'map',
        ...{ pods, level: map.level, nodes: map.nodes.length, edges: map.edges.length, contentKb },
        ...{ graphMs: round(graphMs), layoutMs: round(layoutMs), longestWorkMs },
        unchangedLayoutMs: round(unchangedMs),
      }),
    );
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The generated cluster with the endpoint slices that its services would have. */
function clusterOf(pods: number): Snapshot {
  const { snapshot } = generatedWorld(pods);
  const objects: AnyObject[] = (['Namespace', 'Pod', 'Service', 'NetworkPolicy'] as const).flatMap((kind) => [
    ...snapshot.all(kind),
  ]);
  const byApp = groupBy(snapshot.all('Pod'), ({ namespace, labels }) => `${namespace} ${labels.app ?? ''}`);
  for (const { namespace, name } of snapshot.all('Service')) {
    objects.push(
      readers.EndpointSlice({
        metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'IPv4',
        ports: [{ name: '', port: 8080, protocol: 'TCP' }],
        endpoints: (byApp.get(`${namespace} ${name}`) ?? []).map((pod) => ({
          addresses: pod.ips,
          conditions: { ready: true },
          targetRef: { kind: 'Pod', namespace, name: pod.name },
        })),
      }),
    );
  }
  return Snapshot.of(objects);
}
