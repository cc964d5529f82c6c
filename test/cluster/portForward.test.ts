import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { buffer, text as textOf } from 'node:stream/consumers';
import { createObjects, createPortForwards, type ClusterClient } from '../../src/cluster/index.ts';
import { list, record, type Json } from '../../src/model/json.ts';
import type { ObjectRequests, PortForward, PortForwardTarget } from '../../src/model/requests.ts';
import { waitFor } from '../unit/cluster/support/waitFor.ts';
import { ConnectedLab } from './connectedLab.ts';

const never = new AbortController().signal;
const web: PortForwardTarget = { namespace: 'default', pod: 'testpod1', port: 80 };
const other: PortForwardTarget = { namespace: 'default', pod: 'testpod2', port: 80 };

async function get(port: number, host = '127.0.0.1'): Promise<{ status: number; body: string }> {
  const request = http.get({ host, port, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, body: await textOf(response) };
}

/** Real sockets through the practice lab's port-forward, in its own process. */
describe('port-forward to the practice lab', function () {
  this.timeout(30_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  let viewer: ClusterClient;
  let objects: ObjectRequests;
  let forwards: ReturnType<typeof createPortForwards>;
  let opened: PortForward[] = [];

  before(async () => {
    lab = await ConnectedLab.start('--with-viewer');
    client = await lab.client();
    viewer = await lab.client('viewer');
    objects = createObjects({ client });
    forwards = createPortForwards({ client });
  });
  afterEach(() => {
    for (const forward of opened) forward.dispose();
    opened = [];
  });
  after(async () => {
    forwards.dispose();
    await lab.end();
  });

  async function open(
    targets: () => PortForwardTarget | undefined,
    port = 0,
    from = forwards,
  ): Promise<PortForward> {
    const forward = await from.open(port, targets, never);
    opened.push(forward);
    return forward;
  }

  /** Returns once the pod listens on its port. */
  async function run(name: string, port: number, command: readonly string[]): Promise<void> {
    const pod: Json = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'c',
            image: 'nicolaka/netshoot',
            command,
            readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
          },
        ],
      },
    };
    await objects.create(pod, { dryRun: false }, never);
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name };
    const isReady = async (): Promise<boolean> =>
      list(record((await objects.get(ref, never))?.status).conditions)
        .map(record)
        .some(({ type, status }) => type === 'Ready' && status === 'True');
    while (!(await isReady())) await new Promise((done) => setTimeout(done, 50));
  }

  it('carries requests, many at once, and says how many are open', async () => {
    const forward = await open(() => web);
    assert.deepEqual(forward.state, { is: 'open', connections: 0 });
    const seen: number[] = [];
    forward.onDidChangeState((state) => seen.push(state.is === 'open' ? state.connections : -1));
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(forward.localPort)));
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.match(body, /nginx/);
    }
    assert.ok(Math.max(...seen) > 1);
    await waitFor(forward.onDidChangeState, () => {
      return forward.state.is === 'open' && forward.state.connections === 0;
    });
  });

  it('listens on the loopback addresses only', async () => {
    const forward = await open(() => web);
    assert.equal((await get(forward.localPort, '::1')).status, 200);
    // Another program may still have the port on all other addresses: ours is not there.
    const elsewhere = net.createServer().listen({ host: '127.0.0.2', port: forward.localPort });
    await once(elsewhere, 'listening');
    elsewhere.close();
  });

  it('ends with the pod’s end', async () => {
    const forward = await open(() => web);
    const socket = net.connect(forward.localPort, '127.0.0.1');
    socket.write('GET / HTTP/1.0\r\nHost: x\r\n\r\n');
    const answer = await buffer(socket);
    assert.match(answer.toString(), /^HTTP\/1\.[01] 200[\s\S]*<\/html>\s*$/);
  });

  it('says that nothing listens in the pod, and recovers', async () => {
    let port = 4_444;
    const forward = await open(() => ({ ...web, port }));
    await waitFor(forward.onDidChangeState, () => forward.state.is === 'failing');
    await assert.rejects(get(forward.localPort));
    const { state } = forward;
    assert.ok(state.is === 'failing');
    assert.match(state.message, /4444.*connection refused/);
    port = 80;
    assert.equal((await get(forward.localPort)).status, 200);
    assert.equal(forward.state.is, 'open');
  });

  it('goes on to another pod after the first went', async () => {
    await run('short', 80, ['python3', '-m', 'http.server', '80']);
    let first = true;
    const forward = await open(() => (first ? { ...web, pod: 'short' } : other));
    assert.equal(forward.target.pod, 'short');
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'short' };
    await objects.delete(ref, { dryRun: false }, never);
    while ((await objects.get(ref, never)) !== undefined) await new Promise((done) => setTimeout(done, 50));
    // The first try still asks for the pod that went; the next one asks anew.
    forward.onDidChangeState(({ is }) => {
      if (is === 'failing') first = false;
    });
    assert.equal((await get(forward.localPort)).status, 200);
    assert.equal(forward.target.pod, 'testpod2');
  });

  it('closes what is open when it is disposed of', async () => {
    const forward = await open(() => web);
    const socket = net.connect(forward.localPort, '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    forward.dispose();
    await closed;
    assert.equal(forward.state.is, 'closed');
    await assert.rejects(get(forward.localPort), { code: 'ECONNREFUSED' });
  });

  it('names a taken port, a missing pod and a missing right', async () => {
    const forward = await open(() => web);
    await assert.rejects(
      open(() => web, forward.localPort),
      { code: 'port-taken' },
    );
    await assert.rejects(
      open(() => ({ ...web, pod: 'nope' })),
      { code: 'not-found' },
    );
    await assert.rejects(
      open(() => undefined),
      { code: 'no-target' },
    );
    const mayNot = createPortForwards({ client: viewer });
    await assert.rejects(
      open(() => web, 0, mayNot),
      { code: 'forbidden' },
    );
    mayNot.dispose();
  });

  it('resets clients when the server goes, and serves the next one when it is back', async () => {
    const forward = await open(() => web);
    assert.equal((await get(forward.localPort)).status, 200);
    const cut = net.connect(forward.localPort, '127.0.0.1');
    await waitFor(forward.onDidChangeState, () => {
      return forward.state.is === 'open' && forward.state.connections > 0;
    });
    cut.write('GET / HT');
    // A client must not take what was cut for a whole answer.
    const ended = once(cut, 'end').then(
      () => 'end',
      () => 'reset',
    );
    await lab.stopServer();
    assert.equal(await ended, 'reset');
    await assert.rejects(get(forward.localPort));
    assert.equal(forward.state.is, 'failing');
    await lab.startAgain();
    client.forgetCredentials();
    assert.equal((await get(forward.localPort)).status, 200);
    assert.equal(forward.state.is, 'open');
  });
});
