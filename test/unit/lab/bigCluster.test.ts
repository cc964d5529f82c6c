import assert from 'node:assert/strict';
import { decodeBody } from '../../../src/lab/api/decodeBody.ts';
import { changedAtLabel, startChurn } from '../../../src/lab/bigCluster/churn.ts';
import { fillStore } from '../../../src/lab/bigCluster/fill.ts';
import { endpointSlices, namespaces, nodes, pods, services } from '../../../src/lab/resources/catalog.ts';
import type { ApiObject } from '../../../src/lab/objects/meta.ts';
import type { Resource } from '../../../src/lab/resources/resource.ts';
import { Store } from '../../../src/lab/store/store.ts';

function filled(count: number): Store {
  const store = new Store({ historyLimit: 100 });
  fillStore(store, count);
  return store;
}

describe('a generated cluster', () => {
  it('has pods of 9 to 12 KB, a tenth as many services with slices, and nodes for their addresses', () => {
    const store = filled(1_234);
    const all = [...store.list(pods)];
    assert.equal(all.length, 1_234);
    for (const pod of all) {
      const size = JSON.stringify(pod).length;
      assert.ok(size > 9_000 && size < 12_100, `${size} bytes`);
    }
    assert.equal(new Set(all.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).size, 1_234);
    assert.equal(new Set(all.map(({ metadata }) => metadata.uid)).size, 1_234);
    assert.equal(new Set(all.map(({ status }) => status.podIP)).size, 1_234);
    assert.equal([...store.list(services)].length, 124);
    const ranges = new Map(
      [...store.list(nodes)].map(({ metadata, spec }) => [metadata.name, spec.podCIDR ?? '']),
    );
    for (const { spec, status } of all) {
      const range = ranges.get(spec.nodeName ?? '')?.replace(/0\/24$/, '');
      assert.ok(range && status.podIP?.startsWith(range), `${spec.nodeName} ${status.podIP}`);
    }
    const behind = [...store.list(endpointSlices)].flatMap(({ endpoints }) => endpoints ?? []);
    assert.deepEqual(
      behind.map(({ targetRef }) => targetRef?.uid).sort(),
      all.map(({ metadata }) => metadata.uid).sort(),
    );
  });

  it('holds nothing that the API does not know', () => {
    const store = filled(30);
    for (const resource of [pods, services, endpointSlices, nodes, namespaces] as Resource[]) {
      const objects: ApiObject[] = [...store.list(resource)];
      assert.ok(objects.length > 0);
      for (const object of objects) {
        assert.deepEqual(decodeBody(resource, structuredClone(object), 'Strict').warnings, []);
      }
    }
  });

  it('changes as many pods as asked for, and says of each when', async () => {
    const store = filled(50);
    const seen = new Set<string>();
    let changes = 0;
    store.onChange(({ object, type }) => {
      assert.equal(type, 'MODIFIED');
      assert.match(object.metadata.labels?.[changedAtLabel] ?? '', /^\d{13}$/);
      seen.add(object.metadata.name);
      changes += 1;
    });
    const churn = startChurn(store, 2_000);
    while (seen.size < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(churn.stop(), changes);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(churn.stop(), changes);
  });
});
