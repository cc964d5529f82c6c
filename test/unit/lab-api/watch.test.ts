import assert from 'node:assert/strict';
import { recordedLines } from './fixtures.ts';
import { simplePod, TestLab } from './labClient.ts';
import type { WatchEvent } from './labClient.ts';

const path = '/api/v1/namespaces/default/pods';
const services = '/api/v1/namespaces/default/services';

describe('watches', () => {
  let lab: TestLab;
  beforeEach(async () => {
    lab = await TestLab.start({ historyLimit: 20 });
  });
  afterEach(() => lab.stop());

  const version = async (): Promise<string> =>
    (await lab.ok<{ metadata: { resourceVersion: string } }>(path)).metadata.resourceVersion;
  const configMap = (name: string, labels: Record<string, string> = {}): Record<string, unknown> => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
  });
  const maps = '/api/v1/namespaces/default/configmaps';

  it('go on where a list ended, in order, and end after timeoutSeconds with a bookmark', async () => {
    const from = await version();
    const watching = lab.watch(
      `${maps}?watch=true&resourceVersion=${from}&timeoutSeconds=1&allowWatchBookmarks=true`,
    );
    await lab.create(maps, configMap('a'));
    await lab.ok(`${maps}/a`, {
      method: 'PATCH',
      body: { data: { x: 'y' } },
      headers: { 'Content-Type': 'application/merge-patch+json' },
    });
    await lab.ok(`${maps}/a`, { method: 'DELETE' });
    const events = (await watching).filter(({ object }) => object.metadata.name !== 'kube-root-ca.crt');
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'],
    );
    const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
    );
    assert.equal(new Set(versions.slice(0, 3)).size, 3);
  });

  it('show a selector’s comings and goings', async () => {
    const from = await version();
    const watching = lab.watch(
      `${maps}?watch=1&labelSelector=a%3Db&resourceVersion=${from}`,
      (events) => events.length === 3,
    );
    await lab.create(maps, configMap('m'));
    const label = (value: string | null): Promise<unknown> =>
      lab.ok(`${maps}/m`, {
        method: 'PATCH',
        body: { metadata: { labels: { a: value } } },
        headers: { 'Content-Type': 'application/merge-patch+json' },
      });
    await label('b');
    await label('c');
    await label('b');
    assert.deepEqual(
      (await watching).map(({ type, object }) => [
        type,
        (object.metadata.labels as Record<string, string>).a,
      ]),
      [
        ['ADDED', 'b'],
        ['DELETED', 'b'],
        ['ADDED', 'b'],
      ],
    );
  });

  it('from a forgotten version: one ERROR event with a 410 Status', async () => {
    for (let count = 0; count < 60; count++) await lab.create(maps, configMap(`m${count}`));
    const events = await lab.watch(`${maps}?watch=true&resourceVersion=2`);
    assert.equal(events.length, 1);
    const { type, object } = events[0]!;
    assert.equal(type, 'ERROR');
    assert.equal(object.kind, 'Status');
    assert.equal(object.code, 410);
    assert.equal(object.reason, 'Expired');
    assert.match(String(object.message), /^too old resource version: 2 \(\d+\)$/);
  });

  it('without a version: what is there, then what comes', async () => {
    await lab.create(path, simplePod('early'));
    const begun = Promise.withResolvers<undefined>();
    const watching = lab.watch(`${path}?watch=true`, (events) => {
      begun.resolve(undefined);
      return events.some(({ object }) => object.metadata.name === 'late');
    });
    await begun.promise;
    await lab.create(path, simplePod('late'));
    const [first, second] = await watching;
    assert.deepEqual([first?.type, first?.object.metadata.name], ['ADDED', 'early']);
    assert.deepEqual([second?.type, second?.object.metadata.name], ['ADDED', 'late']);
  });

  it('watch-list: the recorded order and bookmark', async () => {
    const recorded = recordedLines<WatchEvent>('watch-list.ndjson');
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const events = await lab.watch(`${services}?${query}`, (seen) => seen.at(-1)?.type === 'BOOKMARK');
    assert.deepEqual(
      events.map(({ type, object }) => [type, object.metadata.name]),
      [
        ['ADDED', 'kubernetes'],
        ['BOOKMARK', undefined],
      ],
    );
    const withoutVersion = (event: WatchEvent | undefined): unknown =>
      JSON.parse(JSON.stringify(event).replace(/"resourceVersion":"\d+"/, '"resourceVersion":"N"'));
    assert.deepEqual(withoutVersion(events.at(-1)), withoutVersion(recorded.at(-1)));
    const refused = await lab.request(`${services}?watch=true&sendInitialEvents=true`);
    assert.equal(refused.status, 422);
  });

  it('bookmarks of pods have the recorded form', async () => {
    const recorded = recordedLines<WatchEvent>('watch-pods.ndjson').find(({ type }) => type === 'BOOKMARK');
    const events = await lab.watch(
      `${path}?watch=true&resourceVersion=${await version()}&timeoutSeconds=1&allowWatchBookmarks=true`,
    );
    const plain = ({ type, object }: WatchEvent): unknown => ({ type, object: { ...object, metadata: {} } });
    assert.deepEqual(plain(events.at(-1)!), plain(recorded!));
  });

  it('as tables: the columns come once', async () => {
    const accept = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const watching = lab.watch(
      `${maps}?watch=true&resourceVersion=${await version()}`,
      (events) => events.length === 2,
      accept,
    );
    await lab.create(maps, configMap('one'));
    await lab.create(maps, configMap('two'));
    const [first, second] = await watching;
    assert.ok(Array.isArray(first?.object.columnDefinitions));
    assert.equal(second!.object.columnDefinitions, null);
    assert.equal((second!.object.rows as { cells: string[] }[])[0]?.cells[0], 'two');
  });
});
