// Long, since every test needs the same connection to the same server, held by the hooks below.
// Longer than most: every state and fault of a connection is told against the same server, set up once.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Disposable } from '../../../../src/base/event.ts';
import type { ClusterConnection, ConnectionState, NamespaceScope } from '../../../../src/model/connection.ts';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import { createConnection } from '../../../../src/cluster/watch/connection.ts';
import { answer, ApiServer, status } from '../support/apiServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { eventually, waitFor } from '../support/waitFor.ts';

const pods = '/api/v1/pods';
const services = '/api/v1/services';

describe('a connection', () => {
  let server: ApiServer;
  let client: ClusterClient;
  let connection: ClusterConnection;
  let states: ConnectionState['is'][];
  const held: Disposable[] = [];

  const connect = (scope?: NamespaceScope, idleGraceMs = 30_000): void => {
    client = testClient(resolvedContext(server.url));
    connection = createConnection({ client, idleGraceMs, ...(scope && { scope }) });
    states = [];
    connection.onDidChangeState((state) => states.push(state.is));
    held.push(client, connection);
  };
  const live = (): Promise<void> =>
    waitFor(connection.onDidChangeState, () => connection.state.is === 'live');
  const names = (kind: 'Pod' | 'Service' = 'Pod'): string[] =>
    connection.snapshot.all(kind).map(({ namespace, name }) => `${namespace}/${name}`);
  const shows = (...expected: string[]): Promise<void> =>
    waitFor(connection.onDidChange, () => names().join() === expected.join());
  const allWatching = (count = 9): Promise<void> => eventually(() => server.watches === count);

  beforeEach(async () => {
    server = await new ApiServer().start();
    for (const name of ['a', 'b', 'c']) server.put(pods, 'default', name);
    connect();
  });
  afterEach(async () => {
    for (const item of held.splice(0).reverse()) item.dispose();
    await server.stop();
  });

  it('contacts nothing until watched, then reads everything and is live', async () => {
    assert.equal(connection.state.is, 'idle');
    await new Promise(setImmediate);
    assert.equal(server.connections, 0);
    assert.equal(connection.snapshot.coverage('Pod').is, 'unread');
    held.push(connection.watch());
    await live();
    assert.deepEqual(
      states.filter((state, index) => state !== states[index - 1]),
      ['connecting', 'live'],
    );
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.deepEqual(names(), ['default/a', 'default/b', 'default/c']);
    assert.equal(snapshot.coverage('Service').is, 'complete');
  });

  it('says what the server calls itself', async () => {
    server.gitVersion = 'v1.36.0+podnet.lab';
    assert.equal(connection.isPracticeLab, undefined);
    held.push(connection.watch());
    await waitFor(connection.onDidChangeState, () => connection.serverVersion !== undefined);
    assert.equal(connection.serverVersion, 'v1.36.0+podnet.lab');
    assert.equal(connection.isPracticeLab, true);
  });

  it('follows what comes, changes and goes', async () => {
    await connection.whenRead(AbortSignal.timeout(5_000));
    await allWatching();
    server.put(pods, 'other', 'new');
    server.remove(pods, 'default', 'a');
    await shows('default/b', 'default/c', 'other/new');
    server.put(pods, 'default', 'b', { status: { podIP: '10.0.0.9' } });
    await waitFor(
      connection.onDidChange,
      () => connection.snapshot.get('Pod', 'default', 'b')?.ips[0] === '10.0.0.9',
    );
  });

  it('reads long lists in pages and shows the first before the last has come', async () => {
    for (let i = 0; i < 1_200; i++) server.put(pods, 'many', `p${String(i).padStart(4, '0')}`);
    const pages: (string | null)[] = [];
    let release = (): void => undefined;
    server.intercept = (_request, response, url) => {
      if (url.pathname !== pods || url.searchParams.has('watch')) return false;
      pages.push(url.searchParams.get('limit'));
      if (pages.length < 3) return false;
      server.intercept = () => false;
      release = () => answer(response, 410, status(410, 'Expired', 'too old'));
      return true;
    };
    held.push(connection.watch());
    await waitFor(connection.onDidChange, () => connection.snapshot.count('Pod') === 1_000);
    assert.equal(connection.state.is, 'connecting');
    assert.equal(connection.snapshot.coverage('Pod').is, 'loading');
    await eventually(() => pages.length === 3);
    // An expired continue token begins the list again, in one piece.
    release();
    await live();
    await connection.whenRead(AbortSignal.timeout(5_000));
    assert.equal(connection.snapshot.count('Pod'), 1_203);
    assert.deepEqual(pages, ['500', '500', '500']);
    assert.equal(server.requests.filter(({ url }) => url.pathname === pods && !url.search).length, 1);
  });

  it('reads the namespaces of its scope, and others after it is changed', async () => {
    server.put(pods, 'shop', 'cart');
    server.put(pods, 'far', 'away');
    connect({ is: 'only', namespaces: ['shop', 'default'] });
    await connection.whenRead(AbortSignal.timeout(5_000));
    assert.deepEqual(names(), ['default/a', 'default/b', 'default/c', 'shop/cart']);
    connection.setScope({ is: 'only', namespaces: ['far'] });
    assert.equal(connection.snapshot.coverage('Node').is, 'complete');
    await connection.whenRead(AbortSignal.timeout(5_000));
    assert.deepEqual(names(), ['far/away']);
    const paths = new Set(server.requests.map(({ url }) => url.pathname));
    assert.equal(paths.has(pods), false);
    assert.equal(paths.has('/apis/discovery.k8s.io/v1/namespaces/far/endpointslices'), true);
  });

  it('uses few connections for everything', async () => {
    await connection.whenRead(AbortSignal.timeout(5_000));
    await allWatching();
    for (let round = 0; round < 5; round++) {
      server.endWatches();
      server.bookmark();
      await allWatching();
    }
    // A watch each, and two for what is asked between.
    assert.ok(server.connections <= 11, `${server.connections} connections`);
  });

  it('takes a kind that the server does not have for none of it, without asking for its list', async () => {
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.equal(snapshot.coverage('ClusterNetworkPolicy').is, 'complete');
    assert.equal(connection.state.is, 'live');
    assert.ok(
      server.requests.every(({ url }) => !url.pathname.startsWith('/apis/policy.networking.k8s.io/')),
    );
  });

  it('reads such a kind in the version that the server has it in', async () => {
    const group = '/apis/policy.networking.k8s.io';
    server.put(`${group}/v1beta1/clusternetworkpolicies`, '', 'tenants', { spec: { tier: 'Baseline' } });
    server.intercept = (_request, response, url) => {
      if (url.pathname === group) answer(response, 200, { versions: [{ version: 'v1beta1' }] });
      else if (url.pathname === `${group}/v1beta1`)
        answer(response, 200, { resources: [{ name: 'clusternetworkpolicies' }] });
      else return false;
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    const [policy] = snapshot.all('ClusterNetworkPolicy');
    assert.equal(policy?.name, 'tenants');
    assert.equal(policy.tier, 'baseline');
    assert.equal(snapshot.coverage('AdminNetworkPolicy').is, 'complete');
  });

  describe('after a fault', () => {
    beforeEach(async () => {
      held.push(connection.watch());
      await live();
      await allWatching();
    });

    it('goes on from the last version when the server ends a watch', async () => {
      server.put(pods, 'default', 'd');
      await shows('default/a', 'default/b', 'default/c', 'default/d');
      server.requests.length = 0;
      server.bookmark();
      server.endWatches();
      server.put(pods, 'default', 'e');
      await shows('default/a', 'default/b', 'default/c', 'default/d', 'default/e');
      assert.ok(server.requests.every(({ url }) => url.searchParams.get('watch') === 'true'));
      assert.deepEqual([...new Set(states)], ['connecting', 'live']);
    });

    it('finds by a new list what a cut connection and 410 hid', async () => {
      server.cutWatches();
      server.remove(pods, 'default', 'a');
      server.put(pods, 'default', 'd');
      server.compact();
      await shows('default/b', 'default/c', 'default/d');
      await live();
      assert.ok(states.includes('catching-up'));
    });

    it('finds by a new list what a 410 in the middle of a watch hid', async () => {
      server.requests.length = 0;
      server.say(`${JSON.stringify({ type: 'ERROR', object: status(410, 'Expired', 'too old') })}\n`);
      await eventually(() => server.requests.some(({ url }) => url.searchParams.has('limit')));
      await allWatching();
      const list = server.requests.find(({ url }) => url.pathname === pods);
      assert.equal(list?.url.searchParams.get('resourceVersionMatch'), 'NotOlderThan');
      server.put(pods, 'default', 'd');
      await shows('default/a', 'default/b', 'default/c', 'default/d');
    });

    for (const [what, text] of [
      ['malformed JSON', '{"type":"ADDED","object":{"metadata":{"name":}}}\n'],
      ['an event of no known type', '{"type":"NEWS","object":{}}\n'],
      ['an object without a name', '{"type":"ADDED","object":{"metadata":{}}}\n'],
    ] as const) {
      it(`goes on after ${what}`, async () => {
        server.say(text);
        server.put(pods, 'default', 'd');
        await shows('default/a', 'default/b', 'default/c', 'default/d');
        await live();
      });
    }

    it('ignores events that come twice or too late', async () => {
      const event = (type: string, name: string, version: number): string =>
        `${JSON.stringify({ type, object: { metadata: { name, namespace: 'default', resourceVersion: String(version), labels: { at: String(version) } } } })}\n`;
      server.version = 500;
      server.say(event('MODIFIED', 'a', 300) + event('MODIFIED', 'b', 310) + event('DELETED', 'b', 320));
      server.say(event('MODIFIED', 'a', 250) + event('MODIFIED', 'b', 305) + event('MODIFIED', 'a', 300));
      server.say(event('ADDED', 'z', 290));
      await shows('default/a', 'default/c', 'default/z');
      assert.equal(connection.snapshot.get('Pod', 'default', 'a')?.labels.at, '300');
    });

    it('says since when it is stale while the server is away, and recovers by itself', async () => {
      const before = Date.now();
      const { url } = server;
      await server.stop();
      await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
      const state = connection.state as Extract<ConnectionState, { is: 'stale' }>;
      assert.ok(state.since >= before && state.since <= Date.now());
      assert.match(state.message, /refused/);
      await waitFor(connection.onDidChange, () => connection.snapshot.coverage('Pod').is === 'stale');
      assert.deepEqual(names(), ['default/a', 'default/b', 'default/c']);
      server.put(pods, 'default', 'd');
      await server.start();
      assert.equal(server.url, url);
      await shows('default/a', 'default/b', 'default/c', 'default/d');
      await live();
    });

    it('notices that another server came back in its place', async () => {
      await server.stop();
      await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
      server.forgetEverything(5);
      server.put(pods, 'default', 'a');
      server.put(pods, 'default', 'y');
      await server.start();
      await shows('default/a', 'default/y');
      // Also where nothing but a bookmark shows it.
      await live();
      await allWatching();
      server.forgetEverything(2);
      server.put(pods, 'default', 'x');
      server.bookmark();
      await shows('default/x');
      // Also where the new server's versions are ahead of the old one's.
      await live();
      await server.stop();
      await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
      server.forgetEverything(50_000);
      server.put(pods, 'default', 'z');
      await server.start();
      await shows('default/z');
    });

    it('waits as long as a busy server asks for', async () => {
      let asked = 0;
      server.intercept = (_request, response, url) => {
        if (url.pathname !== pods || asked > 0) return false;
        asked = Date.now();
        answer(response, 429, status(429, 'TooManyRequests', 'later'), { 'retry-after': '1' });
        return true;
      };
      server.bookmark();
      server.endWatches();
      await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
      const state = connection.state as Extract<ConnectionState, { is: 'stale' }>;
      assert.ok(state.retryAt >= asked + 1_000);
      await live();
      assert.ok(Date.now() >= asked + 1_000);
    });

    it('ends a wait on demand', async () => {
      await server.stop();
      await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
      await server.start();
      connection.retryNow();
      await live();
    });

    it('replaces a watch that sends bookmarks and then nothing', async () => {
      mock.timers.enable({ apis: ['setTimeout'] });
      try {
        server.bookmark();
        // The bookmarks must have arrived: each is followed by a change that shows.
        server.put(pods, 'default', 'd');
        while (names().length < 4) {
          await new Promise(setImmediate);
          mock.timers.tick(100);
        }
        server.requests.length = 0;
        for (let i = 0; i < 50; i++) {
          mock.timers.tick(10_000);
          await new Promise(setImmediate);
        }
      } finally {
        mock.timers.reset();
      }
      await eventually(() => server.requests.some(({ url }) => url.pathname === pods));
    });
  });

  it('never lets one forbidden kind blank the rest', async () => {
    server.put(services, 'default', 'web');
    server.intercept = (_request, response, url) => {
      if (!/nodes|namespaces|services$/.test(url.pathname)) return false;
      answer(response, 403, status(403, 'Forbidden', `${url.pathname} is forbidden`));
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.equal(connection.state.is, 'live');
    assert.deepEqual(names(), ['default/a', 'default/b', 'default/c']);
    assert.deepEqual(snapshot.coverage('Service'), { is: 'forbidden', message: `${services} is forbidden` });
    assert.equal(snapshot.coverage('Node').is, 'forbidden');
    assert.equal(snapshot.coverage('EndpointSlice').is, 'complete');
  });

  it('reads a kind that may not be read everywhere where it may, and everywhere once it may', async () => {
    server.put(pods, 'shop', 'd');
    server.put(services, 'shop', 'web');
    server.intercept = (_request, response, url) => {
      if (url.pathname !== pods) return false;
      answer(response, 403, status(403, 'Forbidden', 'not in all'));
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.equal(connection.state.is, 'live');
    assert.deepEqual(names(), ['default/a', 'default/b', 'default/c']);
    assert.deepEqual(snapshot.coverage('Pod'), {
      is: 'forbidden',
      message: 'not in all',
      except: ['default'],
    });
    // The others are not narrowed with it.
    assert.equal(snapshot.coverage('Service').is, 'complete');
    assert.deepEqual(names('Service'), ['shop/web']);
    held.push(connection.watch());
    server.put(pods, 'default', 'e');
    await shows('default/a', 'default/b', 'default/c', 'default/e');

    server.intercept = () => false;
    client.forgetCredentials();
    await shows('default/a', 'default/b', 'default/c', 'default/e', 'shop/d');
    await waitFor(
      connection.onDidChange,
      () => connection.snapshot.coverage('Pod').is === 'complete' && names().length === 5,
    );
    server.remove(pods, 'default', 'e');
    await shows('default/a', 'default/b', 'default/c', 'shop/d');
  });

  it('falls back to the namespaces it was told', async () => {
    server.put(pods, 'shop', 'd');
    connect({ is: 'all', otherwise: ['shop', 'nowhere'] });
    server.intercept = (_request, response, url) => {
      if (!['/api/v1/pods', '/api/v1/namespaces/nowhere/pods'].includes(url.pathname)) return false;
      answer(response, 403, status(403, 'Forbidden', `${url.pathname} is forbidden`));
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.deepEqual(names(), ['shop/d']);
    assert.deepEqual(snapshot.coverage('Pod'), {
      is: 'forbidden',
      message: '/api/v1/pods is forbidden',
      except: ['shop'],
    });
  });

  it('takes from the view what may no longer be read', async () => {
    held.push(connection.watch());
    await live();
    await allWatching();
    server.intercept = (_request, response, url) => {
      if (!url.pathname.endsWith('/pods')) return false;
      answer(response, 403, status(403, 'Forbidden', 'no longer'));
      return true;
    };
    server.bookmark();
    server.endWatches();
    await shows();
    assert.equal(connection.snapshot.coverage('Pod').is, 'forbidden');
    server.intercept = () => false;
    connection.retryNow();
    await shows('default/a', 'default/b', 'default/c');
  });

  describe('with a server that refuses after it was started again', () => {
    let refusals: number;
    let shown: number[];
    const restart = async (refuse: () => boolean): Promise<void> => {
      refusals = 0;
      shown = [];
      held.push(connection.watch());
      await live();
      await allWatching();
      held.push(connection.onDidChange(() => shown.push(names().length)));
      await server.stop();
      server.intercept = (_request, response, url) => {
        if (!url.pathname.endsWith('/pods') || !refuse()) return false;
        refusals += 1;
        answer(response, 403, status(403, 'Forbidden', 'no roles yet'));
        return true;
      };
      await server.start();
    };

    it('keeps what it shows where that is over soon', async () => {
      await restart(() => refusals < 2);
      await eventually(() => refusals === 2);
      await allWatching();
      await live();
      assert.deepEqual(names(), ['default/a', 'default/b', 'default/c']);
      assert.ok(!shown.includes(0), 'the pods were gone for a while');
    });

    it('believes it in the end', async function () {
      this.timeout(20_000);
      await restart(() => true);
      await eventually(() => connection.snapshot.coverage('Pod').is === 'forbidden');
      assert.deepEqual(names(), []);
      assert.ok(refusals > 2);
    });
  });

  it('is forbidden where nothing in namespaces may be read', async () => {
    server.intercept = (_request, response) => {
      answer(response, 403, status(403, 'Forbidden', 'not you'));
      return true;
    };
    await assert.rejects(connection.whenRead(AbortSignal.timeout(5_000)), {
      code: 'forbidden',
      message: 'not you',
    });
    assert.deepEqual(connection.state, { is: 'forbidden', message: 'not you' });
  });

  it('is unauthorised, after one more try, where the credentials are refused', async () => {
    server.intercept = (_request, response) => {
      answer(response, 401, status(401, 'Unauthorized', 'Unauthorized'));
      return true;
    };
    await assert.rejects(connection.whenRead(AbortSignal.timeout(5_000)), { code: 'unauthorised' });
    assert.equal(connection.state.is, 'unauthorised');
    await eventually(() => server.requests.filter(({ url }) => url.pathname === pods).length === 2);
    server.intercept = () => false;
    held.push(connection.watch());
    client.forgetCredentials();
    await live();
  });

  it('is unreachable, in clear words, where nothing answers', async () => {
    await server.stop();
    await assert.rejects(connection.whenRead(AbortSignal.timeout(5_000)), { code: 'connection-refused' });
    const { state } = connection;
    assert.equal(state.is, 'unreachable');
    assert.match(state.message, /^The cluster at http:\/\/127\.0\.0\.1:\d+ cannot be reached: .*refused\.$/);
    assert.match(state.remedy, /Start the cluster/);
    await server.start();
    held.push(connection.watch());
    connection.retryNow();
    await live();
  });

  it('reads around a kind whose list the server cannot make', async () => {
    server.intercept = (_request, response, url) => {
      if (url.pathname !== services) return false;
      answer(response, 500, status(500, 'InternalError', 'etcd says no'));
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(9_000));
    assert.deepEqual(snapshot.coverage('Service'), { is: 'failed', message: 'etcd says no' });
    assert.equal(snapshot.coverage('Pod').is, 'complete');
    // Not live, for something is missing; not unreachable, for the rest is current.
    assert.equal(connection.state.is, 'stale');
    assert.equal(connection.state.message, 'etcd says no');
  });

  it('does without a kind that the server does not have', async () => {
    server.intercept = (_request, response, url) => {
      if (!url.pathname.includes('networkpolicies')) return false;
      answer(response, 404, '404 page not found', { 'content-type': 'text/plain' });
      return true;
    };
    const snapshot = await connection.whenRead(AbortSignal.timeout(5_000));
    assert.equal(snapshot.coverage('NetworkPolicy').is, 'failed');
    assert.equal(connection.state.is, 'live');
  });

  it('calls a sign-in page by its name', async () => {
    server.intercept = (_request, response) => {
      answer(response, 200, '<html>Please sign in</html>', { 'content-type': 'text/html' });
      return true;
    };
    await assert.rejects(connection.whenRead(AbortSignal.timeout(5_000)), { code: 'not-kubernetes' });
  });

  it('lets go when nobody watches, says so, and resumes without listing again', async () => {
    connect({ is: 'all' }, 0);
    const hold = connection.watch();
    await live();
    await allWatching();
    hold.dispose();
    hold.dispose();
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'idle');
    await eventually(() => server.watches === 0);
    await waitFor(connection.onDidChange, () => connection.snapshot.coverage('Pod').is === 'stale');
    server.put(pods, 'default', 'd');
    server.requests.length = 0;
    held.push(connection.watch());
    await shows('default/a', 'default/b', 'default/c', 'default/d');
    await live();
    assert.equal(server.requests.filter(({ url }) => url.searchParams.has('limit')).length, 0);
  });

  it('stops waiting when asked to', async () => {
    server.intercept = () => true;
    const controller = new AbortController();
    const waiting = connection.whenRead(controller.signal);
    await eventually(() => server.requests.length > 0);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  it('fires at most every 100 ms, also while changes come without a pause', async () => {
    held.push(connection.watch());
    await live();
    await allWatching();
    await waitFor(connection.onDidChange, () => connection.snapshot.coverage('Pod').is === 'complete');
    const begun = performance.now();
    let fired = 0;
    connection.onDidChange(() => {
      fired += 1;
    });
    let turn = 0;
    // Changes never pause: if it waited for them to, it would never fire.
    for (; fired < 4; turn++) {
      server.put(pods, 'default', 'a', { metadata: { labels: { turn: String(turn) } } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // Only too early is wrong: a busy machine takes longer. Timers round by a millisecond.
    assert.ok(performance.now() - begun >= 3 * 98);
    await waitFor(
      connection.onDidChange,
      () => connection.snapshot.get('Pod', 'default', 'a')?.labels.turn === String(turn - 1),
    );
  });
});
