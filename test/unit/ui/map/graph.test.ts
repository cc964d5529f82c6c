import assert from 'node:assert/strict';
import { readEndpointSlice } from '../../../../src/model/readEndpointSlice.ts';
import { readNetworkPolicy } from '../../../../src/model/networkPolicy.ts';
import { readNode } from '../../../../src/model/readNode.ts';
import { readPod } from '../../../../src/model/readPod.ts';
import { readService } from '../../../../src/model/readService.ts';
import { readPersistentVolume, readPersistentVolumeClaim } from '../../../../src/model/storage.ts';
import type { AnyObject, Pod } from '../../../../src/model/objects.ts';
import { Snapshot } from '../../../../src/model/snapshot.ts';
import type { CheckResult } from '../../../../src/ui/host/checkResults.ts';
import { wholeMap } from '../../../../src/ui/map/wholeMap.ts';
import { buildMap } from '../../../../src/ui/map/graph/build.ts';
import { mostNodes } from '../../../../src/ui/map/graph/choose.ts';
import type { MapEdgeKind } from '../../../../src/ui/panels/protocol/map.ts';
import { words } from './words.ts';

/** A pod of a Deployment, `web` say, as `web-abc-1`. */
function pod(
  app: string,
  index: number,
  options: {
    readonly namespace?: string;
    readonly node?: string;
    readonly ready?: boolean;
    readonly spec?: object;
  } = {},
): Pod {
  const { namespace = 'shop', node = 'node1', ready = true, spec = {} } = options;
  return readPod({
    metadata: {
      ...{ name: `${app}-abc-${index}`, namespace, uid: `${namespace}/${app}/${index}` },
      labels: { app, 'pod-template-hash': 'abc' },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${app}-abc`, uid: app, controller: true }],
    },
    spec: { nodeName: node, containers: [{ name: 'main', image: 'nginx' }], ...spec },
    status: {
      phase: 'Running',
      podIP: `10.244.0.${index}`,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'main', ready, state: { running: {} } }],
    },
  });
}

function service(app: string, namespace = 'shop'): AnyObject {
  return readService({
    metadata: { name: app, namespace, uid: `svc-${app}` },
    spec: { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], selector: { app }, ports: [{ port: 80 }] },
  });
}

function slice(app: string, pods: readonly Pod[]): AnyObject {
  return readEndpointSlice({
    metadata: { name: `${app}-x`, namespace: 'shop', labels: { 'kubernetes.io/service-name': app } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: pods.map(({ ips, ready, name, namespace }) => ({
      addresses: ips,
      conditions: { ready },
      targetRef: { kind: 'Pod', name, namespace },
    })),
  });
}

const node = (name: string, ready = true): AnyObject =>
  readNode({
    metadata: { name, uid: name },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  });

const build = (objects: readonly AnyObject[], view = {}, checks: readonly CheckResult[] = []) =>
  buildMap(Snapshot.of(objects), { ...wholeMap, ...view }, checks, words);

const ends = (map: ReturnType<typeof build>, kind: MapEdgeKind): readonly string[] =>
  map.edges.filter((edge) => edge.kind === kind).map(({ from, to, count }) => `${from} > ${to} ×${count}`);

function check(
  from: Pod,
  ref: string,
  verdict: CheckResult['verdict'],
  startedAt = '2026-01-01T00:00:00Z',
): CheckResult {
  return {
    context: 'lab',
    from: { namespace: from.namespace, pod: from.name },
    target: { ref, host: '10.96.0.9', port: 80, scheme: 'http', path: '/' },
    verdict,
    outcome: verdict,
    startedAt,
  };
}

describe('The map of a few objects', () => {
  const pods = [pod('web', 1), pod('web', 2)];

  it('draws a service to the box of its pods where all are alike, and to each where they differ', () => {
    const alike = build([...pods, service('web'), slice('web', pods), node('node1')]);
    assert.deepEqual(ends(alike, 'endpoint'), ['Service/shop/web > Workload/shop/Deployment/web ×2']);
    assert.deepEqual(ends(alike, 'runs-on'), ['Workload/shop/Deployment/web > Node//node1 ×2']);
    const mixed = [pod('web', 1), pod('web', 2, { ready: false })];
    const map = build([...mixed, service('web'), slice('web', mixed)]);
    assert.deepEqual(ends(map, 'endpoint'), [
      'Service/shop/web > Pod/shop/web-abc-1 ×1',
      'Service/shop/web > Pod/shop/web-abc-2 ×1',
    ]);
    assert.deepEqual(
      map.edges.filter(({ kind }) => kind === 'endpoint').map(({ state, word }) => [state, word]),
      [
        ['ok', ''],
        ['warning', 'not ready'],
      ],
    );
  });

  it('does not speak for a whole box where one of its pods is no endpoint', () => {
    const map = build([...pods, service('web'), slice('web', pods.slice(0, 1))]);
    assert.deepEqual(ends(map, 'endpoint'), ['Service/shop/web > Pod/shop/web-abc-1 ×1']);
  });

  it('leads from pods through their claim to the volume, and shows what containers share', () => {
    const spec = {
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'tmp', emptyDir: {} },
        { name: 'own', emptyDir: {} },
        { name: 'conf', configMap: { name: 'conf' } },
      ],
      containers: [
        {
          name: 'main',
          image: 'a',
          volumeMounts: [
            { name: 'tmp', mountPath: '/a' },
            { name: 'own', mountPath: '/own' },
          ],
        },
        { name: 'side', image: 'b', volumeMounts: [{ name: 'tmp', mountPath: '/b' }] },
      ],
    };
    const map = build([
      pod('db', 1, { spec }),
      readPersistentVolumeClaim({
        metadata: { name: 'data', namespace: 'shop' },
        spec: { volumeName: 'pv1' },
        status: { phase: 'Bound' },
      }),
      readPersistentVolume({
        metadata: { name: 'pv1' },
        spec: { nfs: { server: 's', path: '/' } },
        status: { phase: 'Bound' },
      }),
    ]);
    assert.deepEqual(ends(map, 'mounts'), [
      'Pod/shop/db-abc-1 > PersistentVolumeClaim/shop/data ×1',
      'Pod/shop/db-abc-1 > Volume/shop/emptyDir/Workload/shop/Deployment/db/tmp ×1',
    ]);
    assert.deepEqual(ends(map, 'bound'), ['PersistentVolumeClaim/shop/data > PersistentVolume//pv1 ×1']);
    assert.equal(map.nodes.find(({ id }) => id === 'PersistentVolume//pv1')?.box, 'in/shop');
  });

  it('puts the newest result of a check on the edge, whatever way the target was named', () => {
    const client = pod('client', 7);
    const objects = [...pods, client, service('web'), slice('web', pods)];
    const results = [
      check(client, 'svc/shop/web:80', 'refused'),
      check(client, 'svc/shop/web:80', 'reachable'),
    ];
    const [edge, ...more] = build(objects, {}, results).edges.filter(({ kind }) => kind === 'check');
    assert.deepEqual(
      [edge?.from, edge?.to, edge?.state, edge?.word],
      ['Pod/shop/client-abc-7', 'Service/shop/web', 'failed', 'refused'],
    );
    assert.deepEqual(more, []);
    const byIp = check(client, 'http://10.96.0.9/', 'inconclusive');
    const named = { ...byIp, target: { ...byIp.target, host: 'web.shop.svc.cluster.local' } };
    for (const result of [byIp, named]) {
      const found = build(objects, {}, [result]).edges.find(({ kind }) => kind === 'check');
      assert.deepEqual([found?.to, found?.state], ['Service/shop/web', 'warning']);
    }
    const elsewhere = { ...byIp, target: { ...byIp.target, host: 'example.com' } };
    assert.equal(
      build(objects, {}, [elsewhere]).edges.some(({ kind }) => kind === 'check'),
      false,
    );
  });

  it('draws what policies allow and deny only when asked', () => {
    const objects = [
      ...pods,
      pod('client', 7),
      pod('guest', 8),
      readNetworkPolicy({
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }],
        },
      }),
    ];
    assert.deepEqual([...ends(build(objects), 'allowed'), ...ends(build(objects), 'denied')], []);
    const map = build(objects, { policies: true });
    assert.deepEqual(ends(map, 'allowed'), ['Pod/shop/client-abc-7 > Workload/shop/Deployment/web ×1']);
    assert.deepEqual(ends(map, 'denied'), ['Pod/shop/guest-abc-8 > Workload/shop/Deployment/web ×1']);
  });

  it('shows only problems and what they concern', () => {
    const broken = pod('api', 3, { ready: false, node: 'node2' });
    const objects = [
      ...pods,
      service('web'),
      slice('web', pods),
      broken,
      service('api'),
      slice('api', [broken]),
    ];
    const map = build([...objects, node('node1'), node('node2'), service('lonely')], { onlyProblems: true });
    assert.deepEqual(map.nodes.map(({ id }) => id).sort(), [
      'Node//node2',
      'Pod/shop/api-abc-3',
      'Service/shop/api',
      'Service/shop/lonely',
    ]);
  });

  it('leaves out namespaces and kinds that were not chosen, and edges to them', () => {
    const other = pod('web', 5, { namespace: 'office' });
    const objects = [...pods, other, service('web'), slice('web', pods), node('node1')];
    const map = build(objects, { namespaces: ['shop'], hiddenKinds: ['Node'] });
    assert.deepEqual(new Set(map.nodes.map(({ namespace }) => namespace)), new Set(['shop']));
    assert.deepEqual(ends(map, 'runs-on'), []);
    const withoutPods = build(objects, { hiddenKinds: ['Pod'] });
    assert.deepEqual(withoutPods.edges, []);
    assert.equal(
      withoutPods.boxes.some(({ is }) => is === 'workload'),
      false,
    );
  });

  it('names every end of every edge', () => {
    const map = build([...pods, service('web'), slice('web', pods), node('node1')], { policies: true });
    const known = new Set([...map.nodes, ...map.boxes].map(({ id }) => id));
    assert.ok(map.edges.length > 1);
    for (const { from, to } of map.edges) assert.ok(known.has(from) && known.has(to), `${from} > ${to}`);
  });
});

describe('The map of many objects', () => {
  const many = (workloads: number, each: number): readonly Pod[] =>
    Array.from({ length: workloads * each }, (_, index) =>
      pod(`app${index % workloads}`, index, {
        namespace: `ns${(index % workloads) % 10}`,
        ready: index !== 5,
      }),
    );

  it('draws workloads with their counts, and never more than a page can take', () => {
    const map = build([...many(40, 50), node('node1'), node('node2')]);
    assert.equal(map.level, 'workloads');
    assert.ok(map.nodes.length <= mostNodes);
    const app5 = map.nodes.find(({ name }) => name === 'app5');
    assert.deepEqual([app5?.word, app5?.state], ['49 of 50 ready · Running, not ready', 'warning']);
    assert.ok(app5?.drills);
  });

  it('draws namespaces where workloads are too many, and says how many problems each has', () => {
    const map = build(many(2000, 3));
    assert.equal(map.level, 'namespaces');
    assert.deepEqual(map.nodes.length, 10);
    assert.equal(map.nodes.find(({ name }) => name === 'ns5')?.word, '1 problems');
  });

  it('keeps to the limit whatever is asked, and obeys where it can', () => {
    assert.equal(build(many(2000, 3), { level: 'objects' }).level, 'namespaces');
    assert.equal(build(many(4, 5), { level: 'workloads' }).level, 'workloads');
    assert.equal(build(many(4, 5), { level: 'namespaces' }).level, 'namespaces');
  });

  it('opens one workload with its pods, those with problems first, and says what is left out', () => {
    const pods = [
      ...Array.from({ length: 900 }, (_, index) => pod('web', index)),
      pod('web', 999, { ready: false }),
    ];
    const map = build(pods, { namespaces: ['shop'], workload: 'Workload/shop/Deployment/web' });
    assert.equal(map.level, 'objects');
    assert.ok(map.nodes.length <= mostNodes);
    assert.equal(map.nodes[0]?.name, 'web-abc-999');
    assert.equal(map.chosen.leftOut, 901 - map.chosen.pods.length);
  });

  it('shows problems as objects, however many fine ones there are', () => {
    const map = build(many(2000, 3), { onlyProblems: true });
    assert.equal(map.level, 'objects');
    assert.deepEqual(
      map.nodes.map(({ name }) => name),
      ['app5-abc-5'],
    );
  });

  it('sums checks between workloads', () => {
    const pods = many(2, 400);
    const [one, other, third] = pods;
    assert.ok(one && other && third);
    const results = [
      check(one, `pod/${other.namespace}/${other.name}:80`, 'reachable'),
      check(third, `pod/${other.namespace}/${other.name}:80`, 'timeout'),
    ];
    const map = build(pods, {}, results);
    assert.equal(map.level, 'workloads');
    const [edge] = map.edges.filter(({ kind }) => kind === 'check');
    assert.deepEqual([edge?.count, edge?.state, edge?.word], [2, 'failed', '1 of 2 checks failed']);
  });
});
