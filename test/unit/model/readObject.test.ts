import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { kinds, type Kind } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { record, type Json } from '../../../src/model/json.ts';
import { mountsOf } from '../../../src/model/volumeMounts.ts';
import { aPod, aService } from './build.ts';

function recorded(name: string): readonly Json[] {
  const file = new URL(`../../fixtures/recordings/${name}.json`, import.meta.url);
  const body = JSON.parse(readFileSync(file, 'utf8')) as { items: Json[] };
  return body.items;
}

describe('readers', () => {
  it("read a real cluster's pods", () => {
    const pods = new Map(recorded('pods').map((item) => [readers.Pod(item).name, readers.Pod(item)]));
    const testipod = pods.get('testipod')!;
    assert.deepEqual(testipod.ips, ['10.244.2.2']);
    assert.equal(testipod.nodeName, 'node2');
    assert.equal(testipod.phase, 'Running');
    assert.equal(testipod.ready, true);
    assert.equal(testipod.reason, undefined);
    assert.deepEqual(
      testipod.containers.map(({ name, image, role, ports }) => ({
        name,
        image,
        role,
        ports: ports.map((p) => p.port),
      })),
      [
        { name: 'c00', image: 'ubuntu', role: 'main', ports: [] },
        { name: 'c01', image: 'httpd', role: 'main', ports: [80] },
      ],
    );
    const owner = pods.get('mydeployments-758fbfcb5d-vs7ms')!.owner!;
    assert.deepEqual([owner.kind, owner.name], ['ReplicaSet', 'mydeployments-758fbfcb5d']);
  });

  it('find every mount of a shared emptyDir', () => {
    const pod = recorded('pods')
      .map(readers.Pod)
      .find(({ name }) => name === 'myvolemptydir')!;
    const exchange = pod.volumes.find(({ name }) => name === 'xchange')!;
    assert.deepEqual(exchange, { name: 'xchange', kind: 'emptyDir', source: '' });
    assert.deepEqual(mountsOf(pod, exchange), [
      { container: 'c1', path: '/tmp/xchange', readOnly: false, subPath: '' },
      { container: 'c2', path: '/tmp/data', readOnly: false, subPath: '' },
    ]);
  });

  it("read a real cluster's services, slices, nodes and namespaces", () => {
    const services = new Map(
      recorded('services').map((item) => [readers.Service(item).name, readers.Service(item)]),
    );
    const demo = services.get('demoservice')!;
    assert.equal(demo.type, 'NodePort');
    assert.deepEqual(demo.clusterIPs, ['10.96.4.5']);
    assert.deepEqual(demo.ports, [{ name: '', port: 80, protocol: 'TCP', targetPort: 80, nodePort: 31412 }]);
    const headless = services.get('headless')!;
    assert.equal(headless.headless, true);
    assert.deepEqual(headless.clusterIPs, []);
    assert.equal(services.get('kubernetes')!.selector, undefined);

    const slices = recorded('endpointslices').map(readers.EndpointSlice);
    assert.deepEqual(slices.map(({ serviceName }) => serviceName).sort(), [
      'demoservice',
      'headless',
      'kubernetes',
    ]);
    const byHand = slices.find(({ serviceName }) => serviceName === 'kubernetes')!;
    assert.deepEqual([byHand.endpoints[0]!.serving, byHand.endpoints[0]!.terminating], [true, false]);

    const node = recorded('nodes')
      .map(readers.Node)
      .find(({ name }) => name === 'node1')!;
    assert.equal(node.ready, true);
    assert.ok(node.addresses.some(({ type, address }) => type === 'InternalIP' && address === '172.30.0.11'));
    assert.ok(
      recorded('namespaces')
        .map(readers.Namespace)
        .some(({ name }) => name === 'default'),
    );
  });

  it('take an absent targetPort for the port, and a name for a name', () => {
    const ports = [
      { port: 80 },
      { port: 81, targetPort: 0 },
      { port: 82, targetPort: 'web' },
      { port: 83, targetPort: 8080 },
    ];
    const read = aService({ name: 's', spec: { ports } }).ports.map(({ targetPort }) => targetPort);
    assert.deepEqual(read, [80, 81, 'web', 8080]);
  });

  it('never throw and never invent a field of the wrong type, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.object({ maxDepth: 4 }), (kind: Kind, json) => {
        const object = readers[kind](record(json));
        assert.equal(object.kind, kind);
        assert.equal(typeof object.name, 'string');
        assert.ok(Object.values(object.labels).every((value) => typeof value === 'string'));
      }),
    );
  });

  it('survive labels that name an object prototype', () => {
    const labels = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
    const pod = aPod({ name: 'p', labels });
    assert.deepEqual(Object.keys(pod.labels), ['__proto__', 'constructor']);
  });
});

describe('the reason of a pod', () => {
  const waiting = (reason: string): Record<string, unknown> => ({
    phase: 'Running',
    containerStatuses: [
      { name: 'main', ready: false, restartCount: 4, state: { waiting: { reason, message: 'back-off' } } },
    ],
  });

  it('names the container that crashes', () => {
    const { reason } = aPod({ name: 'p', status: waiting('CrashLoopBackOff') });
    assert.deepEqual(reason, { word: 'CrashLoopBackOff', message: 'back-off', container: 'main' });
  });

  it('prefers the deletion over all else', () => {
    const pod = aPod({
      name: 'p',
      metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' },
      status: waiting('CrashLoopBackOff'),
    });
    assert.equal(pod.reason?.word, 'Terminating');
  });

  it('tells why a pod was not scheduled', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/2 nodes' },
    ];
    const { reason } = aPod({ name: 'p', status: { phase: 'Pending', conditions } });
    assert.deepEqual(reason, { word: 'Unschedulable', message: '0/2 nodes' });
  });

  it('marks a failing init container as kubectl does', () => {
    const pod = aPod({
      name: 'p',
      spec: {
        initContainers: [{ name: 'setup', image: 'busybox' }],
        containers: [{ name: 'main', image: 'nginx' }],
      },
      status: {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'setup', state: { terminated: { exitCode: 3, reason: 'Error' } } }],
      },
    });
    assert.deepEqual(pod.reason, { word: 'Init:Error', message: 'exit code 3', container: 'setup' });
  });
});
