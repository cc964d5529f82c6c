import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Snapshot, type ObjectChange } from '../../../src/model/snapshot.ts';
import { serviceEndpoints } from '../../../src/model/serviceEndpoints.ts';
import { aPod, aService, aSlice } from './build.ts';

describe('Snapshot', () => {
  it('answers by name, namespace and address', () => {
    const snapshot = Snapshot.of([
      aPod({ name: 'b', ip: '10.0.0.2' }),
      aPod({ name: 'a', ip: '10.0.0.1' }),
      aPod({ name: 'a', namespace: 'shop', ip: '10.0.0.3' }),
    ]);
    assert.deepEqual(
      snapshot.inNamespace('Pod', 'default').map(({ name }) => name),
      ['a', 'b'],
    );
    assert.deepEqual(
      snapshot.all('Pod').map(({ namespace, name }) => `${namespace}/${name}`),
      ['default/a', 'default/b', 'shop/a'],
    );
    assert.equal(snapshot.podsByIp('10.0.0.3')[0]?.namespace, 'shop');
    assert.deepEqual(snapshot.podsByIp('10.0.0.9'), []);
    assert.equal(snapshot.count('Pod'), 3);
  });

  it('is never changed by what comes after it', () => {
    const before = Snapshot.of([aPod({ name: 'a' })]);
    const { snapshot: after, touched } = before.with([
      { type: 'remove', kind: 'Pod', namespace: 'default', name: 'a' },
      { type: 'put', object: aPod({ name: 'b' }) },
    ]);
    assert.deepEqual(
      before.all('Pod').map(({ name }) => name),
      ['a'],
    );
    assert.deepEqual(
      after.all('Pod').map(({ name }) => name),
      ['b'],
    );
    assert.deepEqual([...touched], [['Pod', new Set(['default'])]]);
  });

  it('keeps what did not change', () => {
    const before = Snapshot.of([aPod({ name: 'a' }), aPod({ name: 'a', namespace: 'shop' })]);
    const { snapshot: after } = before.with([
      { type: 'put', object: aPod({ name: 'b', namespace: 'shop' }) },
    ]);
    assert.equal(after.inNamespace('Pod', 'default'), before.inNamespace('Pod', 'default'));
    const nothing = before.with([{ type: 'remove', kind: 'Pod', namespace: 'shop', name: 'none' }]);
    assert.equal(nothing.snapshot, before);
    assert.equal(nothing.touched.size, 0);
  });

  it('says of a kind nobody read that it is unread', () => {
    assert.deepEqual(Snapshot.empty.coverage('Pod'), { is: 'unread' });
    assert.deepEqual(Snapshot.of([]).coverage('Pod'), { is: 'complete' });
  });

  it('equals a map that had the same changes, whatever their order', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const namespaces = fc.constantFrom('one', 'two');
    const change: fc.Arbitrary<ObjectChange> = fc.oneof(
      fc
        .record({ name: names, namespace: namespaces, ip: fc.constantFrom('10.0.0.1', '10.0.0.2') })
        .map((pod): ObjectChange => ({ type: 'put', object: aPod(pod) })),
      fc
        .record({ name: names, namespace: namespaces })
        .map((key): ObjectChange => ({ type: 'remove', kind: 'Pod', ...key })),
    );
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 6 }), (batches) => {
        let snapshot = Snapshot.empty;
        const model = new Map<string, string>();
        for (const batch of batches) {
          snapshot = snapshot.with(batch).snapshot;
          for (const item of batch) {
            if (item.type === 'remove') model.delete(`${item.namespace}/${item.name}`);
            else if (item.object.kind === 'Pod')
              model.set(`${item.object.namespace}/${item.object.name}`, item.object.ips[0] ?? '');
          }
          const seen = snapshot.all('Pod').map((pod) => [`${pod.namespace}/${pod.name}`, pod.ips[0] ?? '']);
          assert.deepEqual(
            seen,
            [...model].sort(([a], [b]) => (a < b ? -1 : 1)),
          );
          assert.equal(snapshot.count('Pod'), model.size);
        }
      }),
    );
  });
});

describe('the endpoints of a Service', () => {
  const service = aService({ name: 'web', spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
  const endpoint = (ip: string, ready: boolean, pod?: string): Record<string, unknown> => ({
    addresses: [ip],
    conditions: { ready },
    ...(pod && { targetRef: { kind: 'Pod', namespace: 'default', name: pod } }),
  });

  it('are merged over all its slices, those made by hand too, and count once', () => {
    const snapshot = Snapshot.of([
      service,
      aPod({ name: 'a', ip: '10.0.0.1', labels: { app: 'web' } }),
      aSlice({ name: 'web-1', service: 'web', endpoints: [endpoint('10.0.0.1', false, 'a')] }),
      aSlice({
        name: 'web-2',
        service: 'web',
        endpoints: [endpoint('10.0.0.1', true, 'a'), endpoint('192.0.2.7', true)],
      }),
      aSlice({ name: 'other', service: 'api', endpoints: [endpoint('10.0.0.5', true)] }),
    ]);
    const found = serviceEndpoints(snapshot, service).map(({ ip, port, ready, pod, slice }) => [
      ip,
      port,
      ready,
      pod?.name,
      slice,
    ]);
    assert.deepEqual(found, [
      ['10.0.0.1', 80, true, 'a', 'web-2'],
      ['192.0.2.7', 80, true, undefined, 'web-2'],
    ]);
  });

  it('have no port where a named target port is on no pod', () => {
    const slice = aSlice({
      name: 'web-1',
      service: 'web',
      ports: [],
      endpoints: [endpoint('10.0.0.1', true, 'gone')],
    });
    const [only] = serviceEndpoints(Snapshot.of([service, slice]), service);
    assert.equal(only?.port, undefined);
    assert.deepEqual(only?.podRef, { namespace: 'default', name: 'gone' });
    assert.equal(only.pod, undefined);
  });

  it('selects pods by every label, in its own namespace only', () => {
    const snapshot = Snapshot.of([
      service,
      aPod({ name: 'yes', labels: { app: 'web', tier: 'x' } }),
      aPod({ name: 'no', labels: { app: 'api' } }),
      aPod({ name: 'elsewhere', namespace: 'shop', labels: { app: 'web' } }),
    ]);
    assert.deepEqual(
      snapshot.podsSelectedBy(service).map(({ name }) => name),
      ['yes'],
    );
    assert.deepEqual(
      snapshot.servicesSelecting(snapshot.get('Pod', 'default', 'yes')!).map(({ name }) => name),
      ['web'],
    );
    assert.deepEqual(snapshot.servicesSelecting(snapshot.get('Pod', 'shop', 'elsewhere')!), []);
  });
});
