import assert from 'node:assert/strict';
import type { Disposable } from '../../../../src/base/event.ts';
import { createClient } from '../../../../src/cluster/createClient.ts';
import { Kubeconfigs } from '../../../../src/cluster/kubeconfig/kubeconfigs.ts';
import { createConnection } from '../../../../src/cluster/watch/connection.ts';
import { Encoding } from '../../../../src/cluster/watch/encoding.ts';
import { protobufType } from '../../../../src/lab/protobuf/messages.ts';
import type { ClusterConnection } from '../../../../src/model/connection.ts';
import { kinds } from '../../../../src/model/objects.ts';
import type { Snapshot } from '../../../../src/model/snapshot.ts';
import { lesson } from '../../../../src/lab/scenarios/lesson.ts';
import { TestLab } from '../../lab-api/labClient.ts';
import { ApiServer, status } from '../support/apiServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { eventually } from '../support/waitFor.ts';

const pods = '/api/v1/pods';

describe('a connection to a server that speaks protobuf', () => {
  let server: ApiServer;
  let connection: ClusterConnection;
  const held: Disposable[] = [];

  beforeEach(async () => {
    server = await new ApiServer().start();
    server.speaksProtobuf = true;
    server.put(pods, 'default', 'a', { metadata: { labels: { app: 'web' } } });
    const client = testClient(resolvedContext(server.url));
    connection = createConnection({ client });
    held.push(client, connection);
  });
  afterEach(async () => {
    for (const item of held.splice(0).reverse()) item.dispose();
    await server.stop();
  });

  const names = (): string =>
    connection.snapshot
      .all('Pod')
      .map(({ name }) => name)
      .join();
  const accepted = (path: string): string[] =>
    server.requests.filter(({ url }) => url.pathname === path).map(({ headers }) => headers.accept ?? '');

  it('asks for it in lists and watches, and follows what happens', async () => {
    held.push(connection.watch());
    await eventually(() => server.watches === 9);
    assert.equal(connection.snapshot.get('Pod', 'default', 'a')?.labels.app, 'web');
    server.put(pods, 'default', 'b');
    await eventually(() => names() === 'a,b');
    server.remove(pods, 'default', 'a');
    await eventually(() => names() === 'b');
    assert.deepEqual([...new Set(accepted(pods))], [`${protobufType},application/json`]);
    const custom = '/apis/policy.networking.k8s.io';
    assert.deepEqual([...new Set(accepted(custom))], ['application/json']);
  });

  it('asks for the next page while it reads one, and begins anew where that has expired', async () => {
    for (let index = 0; index < 1_200; index++) server.put(pods, 'default', `many-${index}`);
    let asked = 0;
    server.intercept = (request, response, url) => {
      if (url.pathname !== pods || !url.searchParams.has('continue')) return false;
      asked += 1;
      // The second page of the first list, of which the client cannot know before it asks.
      if (asked !== 1) return false;
      server.refuse(request, response, status(410, 'Expired', 'too old'));
      return true;
    };
    held.push(connection.watch());
    await eventually(() => connection.state.is === 'live');
    assert.equal(connection.snapshot.count('Pod'), 1_201);
    const lists = server.requests.filter(
      ({ url }) => url.pathname === pods && !url.searchParams.has('watch'),
    );
    assert.deepEqual(
      lists.map(({ url }) => [url.searchParams.has('limit'), url.searchParams.has('continue')]),
      [
        [true, false],
        [true, true],
        [false, false],
      ],
    );
  });

  it('reads page after page', async () => {
    for (let index = 0; index < 1_200; index++) server.put(pods, 'default', `many-${index}`);
    held.push(connection.watch());
    await eventually(() => connection.state.is === 'live');
    assert.equal(connection.snapshot.count('Pod'), 1_201);
    const continued = server.requests.filter(({ url }) => url.searchParams.has('continue'));
    assert.equal(continued.length, 2);
  });

  it('reads its refusals', async () => {
    server.intercept = (request, response, url) => {
      if (url.pathname !== pods) return false;
      server.refuse(request, response, status(403, 'Forbidden', 'pods is forbidden: User "me" cannot list'));
      return true;
    };
    held.push(connection.watch());
    await eventually(() => connection.snapshot.coverage('Pod').is === 'forbidden');
    const coverage = connection.snapshot.coverage('Pod');
    assert.match('message' in coverage ? coverage.message : '', /User "me" cannot list/);
  });

  it('finds by a new list what an expired watch hid', async () => {
    held.push(connection.watch());
    await eventually(() => server.watches === 9);
    server.compact();
    server.cutWatches();
    server.put(pods, 'default', 'c');
    server.compact();
    await eventually(() => names() === 'a,c' && connection.state.is === 'live');
  });

  it('asks for JSON where protobuf is not acceptable, and only there', async () => {
    server.intercept = (request, response, url) => {
      if (url.pathname !== pods || request.headers.accept === 'application/json') return false;
      server.refuse(request, response, status(406, 'NotAcceptable', 'only JSON is accepted'));
      return true;
    };
    held.push(connection.watch());
    await eventually(() => connection.state.is === 'live' && names() === 'a');
    assert.deepEqual(accepted(pods).slice(0, 2), [`${protobufType},application/json`, 'application/json']);
    assert.ok(
      accepted(pods)
        .slice(1)
        .every((accept) => accept === 'application/json'),
    );
    assert.ok(accepted('/api/v1/services').every((accept) => accept.startsWith(protobufType)));
  });
});

/** Everything a Snapshot says. */
function contents(snapshot: Snapshot): string {
  return JSON.stringify(kinds.map((kind) => snapshot.all(kind)));
}

describe('the Snapshot of the lesson', () => {
  it('is the same from JSON and from protobuf', async function () {
    this.timeout(20_000);
    const lab = await TestLab.start({ scenario: lesson });
    const held: Disposable[] = [];
    try {
      const read = async (encoding: Encoding): Promise<Snapshot> => {
        const kubeconfigs = new Kubeconfigs({ file: lab.lab.kubeconfig });
        const contexts = await kubeconfigs.read();
        assert.equal(contexts.is, 'read');
        const [context] = contexts.contexts;
        assert.ok(context);
        const client = createClient(kubeconfigs, context);
        const connection = createConnection({ client, encoding });
        held.push(kubeconfigs, client, connection);
        return connection.whenRead(AbortSignal.timeout(10_000));
      };
      // Once the lab's controllers have come to rest, two readings in a row agree.
      let inJson = await read(new Encoding(kinds));
      let again = await read(new Encoding(kinds));
      while (contents(again) !== contents(inJson) || again.count('Pod') < 8) {
        inJson = again;
        again = await read(new Encoding(kinds));
      }
      const inProtobuf = await read(new Encoding());
      let objects = 0;
      for (const kind of kinds) {
        const all = inProtobuf.all(kind);
        assert.deepEqual(all, inJson.all(kind));
        objects += all.length;
      }
      assert.ok(objects > 30, `${objects} objects`);
    } finally {
      for (const item of held.reverse()) item.dispose();
      await lab.stop();
    }
  });
});
