import assert from 'node:assert/strict';
import { readers } from '../../../src/model/readObject.ts';
import { isFound, searchObjects } from '../../../src/model/search.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';

const pod = (name: string, ip: string, more: Record<string, unknown> = {}): ReturnType<typeof readers.Pod> =>
  readers.Pod({
    metadata: { name, namespace: 'shop', labels: { app: name } },
    spec: {
      containers: [
        { name: 'c', image: `registry.example/${name}:1`, ports: [{ name: 'web', containerPort: 8080 }] },
      ],
      ...more,
    },
    status: { podIP: ip },
  });
const snapshot = Snapshot.of([
  pod('cart', '10.0.0.1'),
  pod('cart-worker', '10.0.0.11'),
  pod('agent', '192.168.0.5', { hostNetwork: true }),
  readers.Service({
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { clusterIP: '10.96.0.1', ports: [{ port: 80, targetPort: 'web', nodePort: 30080 }] },
  }),
  readers.Node({
    metadata: { name: 'node-a', labels: { disk: 'fast' } },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.0.5' }] },
  }),
]);
const find = (query: string): string[] =>
  searchObjects(snapshot, query).map(({ object, by }) => `${object.kind} ${object.name} by ${by}`);

describe('a search', () => {
  it('finds names, the whole one before a part', () => {
    assert.deepEqual(find('cart').slice(0, 3), [
      'Pod cart by name',
      'Service cart by name',
      'Pod cart-worker by name',
    ]);
  });

  it('leads from an address to its object, the node before what uses its network', () => {
    assert.deepEqual(find('10.0.0.1'), ['Pod cart by ip', 'Pod cart-worker by ip']);
    assert.deepEqual(find('10.96.0.1'), ['Service cart by ip']);
    assert.deepEqual(find('192.168.0.5'), ['Node node-a by ip']);
  });

  it('finds ports by number and name, labels and images', () => {
    assert.deepEqual(find('30080'), ['Service cart by port']);
    assert.ok(find('web').includes('Pod agent by port'));
    assert.deepEqual(find('disk=fast'), ['Node node-a by label']);
    assert.deepEqual(find('registry.example/agent'), ['Pod agent by image']);
    assert.deepEqual(find('80'), ['Service cart by port', 'Service cart by port'].slice(0, 1));
  });

  it('wants every word, and finds nothing for nothing', () => {
    assert.deepEqual(find('cart worker'), ['Pod cart-worker by name']);
    assert.deepEqual(find('cart nowhere'), []);
    assert.deepEqual(find('  '), []);
    assert.deepEqual(searchObjects(snapshot, 'cart', 1).length, 1);
  });

  it('filters', () => {
    assert.equal(isFound(pod('cart', '10.0.0.1'), ''), true);
    assert.equal(isFound(pod('cart', '10.0.0.1'), 'APP=cart'), true);
    assert.equal(isFound(pod('cart', '10.0.0.1'), 'web nothing'), false);
  });
});
