import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listObjects } from '../../../src/lab/api/listing.ts';
import type { ListPage, ListQuery } from '../../../src/lab/api/listing.ts';
import { StatusError } from '../../../src/lab/api/errors.ts';
import { configMaps } from '../../../src/lab/resources/catalog.ts';
import { Store } from '../../../src/lab/store/store.ts';

const all: ListQuery = {
  labelSelector: '',
  fieldSelector: '',
  limit: 0,
  continueToken: '',
  resourceVersion: '',
  resourceVersionMatch: '',
};

function put(store: Store, name: string, namespace = 'default'): void {
  store.put(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, uid: name } });
}

function names(page: ListPage): string[] {
  return page.items.map(({ metadata }) => metadata.name);
}

function status(run: () => unknown): StatusError['status'] {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('paged lists', () => {
  it('give every object of the first page’s moment once, whatever changes meanwhile', () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 20 }),
        fc.array(fc.tuple(fc.boolean(), name), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (initial, changes, limit) => {
          const store = new Store({ historyLimit: 100 });
          for (const each of initial) put(store, each);
          const seen: string[] = [];
          let continueToken = '';
          let expected = initial.length;
          do {
            const page = listObjects(store, configMaps, { ...all, limit, continueToken });
            seen.push(...names(page));
            expected -= page.items.length;
            assert.equal(page.remainingItemCount ?? 0, expected);
            continueToken = page.continueToken ?? '';
            const change = changes.shift();
            if (change?.[0]) put(store, change[1]);
            else if (change) store.remove(configMaps, { namespace: 'default', name: change[1] });
          } while (continueToken);
          assert.deepEqual(seen, [...initial].sort());
        },
      ),
    );
  });

  it('expire with their history, and offer a token to go on all the same', () => {
    const store = new Store({ historyLimit: 2 });
    for (const name of ['a', 'b', 'c', 'd']) put(store, name);
    const first = listObjects(store, configMaps, { ...all, limit: 2 });
    for (const name of ['e', 'f', 'g', 'h', 'i', 'j']) put(store, name);
    const expired = status(() =>
      listObjects(store, configMaps, { ...all, limit: 2, continueToken: first.continueToken ?? '' }),
    );
    assert.equal(expired.code, 410);
    assert.equal(expired.reason, 'Expired');
    assert.match(expired.message ?? '', /^The provided continue parameter is too old/);
    const rest = listObjects(store, configMaps, { ...all, continueToken: expired.metadata.continue ?? '' });
    assert.deepEqual(names(rest), ['c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
  });

  it('know the meanings of resourceVersion', () => {
    const store = new Store({ historyLimit: 10 });
    put(store, 'a');
    const early = String(store.revision);
    put(store, 'b');
    const exact = { ...all, resourceVersion: early, resourceVersionMatch: 'Exact' };
    assert.deepEqual(names(listObjects(store, configMaps, exact)), ['a']);
    assert.deepEqual(names(listObjects(store, configMaps, { ...all, resourceVersion: early })), ['a', 'b']);
    assert.deepEqual(names(listObjects(store, configMaps, { ...all, resourceVersion: '0', limit: 1 })), [
      'a',
      'b',
    ]);
    const future = status(() => listObjects(store, configMaps, { ...all, resourceVersion: '999' }));
    assert.equal(future.code, 504);
    assert.equal(future.details?.causes?.[0]?.reason, 'ResourceVersionTooLarge');
    assert.equal(status(() => listObjects(store, configMaps, { ...all, resourceVersion: 'x' })).code, 422);
    assert.equal(status(() => listObjects(store, configMaps, { ...all, continueToken: 'x' })).code, 400);
  });

  it('stay in their namespace', () => {
    const store = new Store({ historyLimit: 10 });
    put(store, 'a', 'one');
    put(store, 'b', 'two');
    assert.deepEqual(names(listObjects(store, configMaps, { ...all, namespace: 'two' })), ['b']);
    assert.deepEqual(names(listObjects(store, configMaps, all)), ['a', 'b']);
  });
});
