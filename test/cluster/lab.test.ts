import assert from 'node:assert/strict';
import {
  createAccess,
  createConnection,
  createExec,
  createTerminals,
  type ClusterClient,
} from '../../src/cluster/index.ts';
import type { ClusterConnection } from '../../src/model/connection.ts';
import { waitFor } from '../unit/cluster/support/waitFor.ts';
import { ConnectedLab } from './connectedLab.ts';

/** Everything of src/cluster against the practice lab in its own process: TLS, token, kubeconfig and all. */
describe('the practice lab over src/cluster', function () {
  this.timeout(30_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  let connection: ClusterConnection;
  const never = new AbortController().signal;
  const target = { namespace: 'default', pod: 'testpod1', container: 'c01' };

  before(async () => {
    lab = await ConnectedLab.start('--with-viewer');
    client = await lab.client();
    connection = createConnection({ client });
  });
  after(async () => {
    connection.dispose();
    await lab.end();
  });

  it('lists every kind and says that it is the lab', async () => {
    const snapshot = await connection.whenRead(AbortSignal.timeout(10_000));
    const pods = snapshot.inNamespace('Pod', 'default').map(({ name }) => name);
    for (const name of ['testipod', 'testpod1', 'testpod2', 'myvolemptydir'])
      assert.ok(pods.includes(name), name);
    assert.ok(snapshot.get('Service', 'default', 'demoservice')?.clusterIPs[0]);
    assert.equal(snapshot.count('Node'), 2);
    assert.equal(snapshot.coverage('NetworkPolicy').is, 'complete');
    await waitFor(connection.onDidChangeState, () => connection.isPracticeLab !== undefined);
    assert.equal(connection.isPracticeLab, true);
  });

  it('shows a created pod, and that it went', async () => {
    const hold = connection.watch();
    await connection.whenRead(AbortSignal.timeout(10_000));
    const has = (): boolean => connection.snapshot.get('Pod', 'default', 'fresh') !== undefined;
    const created = waitFor(connection.onDidChange, has);
    const path = '/api/v1/namespaces/default/pods';
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'fresh' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    await client.json({ method: 'POST', path, body: pod, signal: never });
    await created;
    await client.json({
      method: 'DELETE',
      path: `${path}/fresh`,
      body: { gracePeriodSeconds: 0 },
      signal: never,
    });
    await waitFor(connection.onDidChange, () => !has());
    hold.dispose();
  });

  it('runs curl in a container', async () => {
    const ip = connection.snapshot.get('Pod', 'default', 'testpod2')?.ips[0];
    assert.ok(ip);
    const outcome = await createExec({ client }).run(
      {
        target,
        command: ['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', `http://${ip}/`],
        timeoutMs: 10_000,
      },
      never,
    );
    assert.deepEqual(outcome, { is: 'exited', exitCode: 0, stdout: '200', stderr: '', truncated: false });
  });

  it('feeds standard input, and hears of missing programs, containers and pods', async () => {
    const exec = createExec({ client });
    const run = (command: string[], over: Partial<typeof target> = {}, stdin?: string) =>
      exec.run(
        { target: { ...target, ...over }, command, timeoutMs: 10_000, ...(stdin !== undefined && { stdin }) },
        never,
      );
    const read = await run(['sh', '-c', 'while read l; do echo "got $l"; done; exit 7'], {}, 'a\nb\n');
    assert.deepEqual(read, {
      is: 'exited',
      exitCode: 7,
      stdout: 'got a\ngot b\n',
      stderr: '',
      truncated: false,
    });
    assert.equal((await run(['no-such-program'])).is, 'program-missing');
    const container = await run(['true'], { container: 'nope' });
    assert.equal(container.is === 'refused' && container.httpStatus, 400);
    const pod = await run(['true'], { pod: 'nope' });
    assert.equal(pod.is === 'refused' && pod.httpStatus, 404);
  });

  it('ends the process of an exec that is cancelled', async () => {
    const exec = createExec({ client });
    const here = { ...target, pod: 'testipod', container: 'c00' };
    const command = ['sleep', '4711'];
    const running = async (): Promise<number> => {
      const script =
        'n=0; for f in /proc/[0-9]*/cmdline; do [ "$(tr "\\000" " " <$f)" = "$1 " ] && n=$((n+1)); done; echo $n';
      const looked = await exec.run(
        { target: here, command: ['sh', '-c', script, 'sh', command.join(' ')], timeoutMs: 10_000 },
        never,
      );
      assert.equal(looked.is, 'exited');
      return Number(looked.stdout);
    };
    const controller = new AbortController();
    const sleeping = exec.run({ target: here, command, timeoutMs: 60_000 }, controller.signal);
    while ((await running()) !== 1) await new Promise((done) => setTimeout(done, 50));
    controller.abort();
    await assert.rejects(sleeping, { name: 'AbortError' });
    while ((await running()) !== 0) await new Promise((done) => setTimeout(done, 50));
  });

  it('holds a terminal', async () => {
    const terminal = await createTerminals({ client }).open(
      target,
      ['bash'],
      { columns: 80, rows: 24 },
      AbortSignal.timeout(10_000),
    );
    let shown = '';
    const echoed = new Promise<void>((resolve) => {
      terminal.onDidReceive((bytes) => {
        shown += Buffer.from(bytes).toString();
        if (shown.includes('it-works-42')) resolve();
      });
    });
    terminal.resize(120, 40);
    terminal.write('echo it-works-$((40 + 2))\r');
    await echoed;
    terminal.write('exit 5\r');
    assert.equal((await terminal.ended).exitCode, 5);
  });

  it('shows a viewer what a viewer may see', async () => {
    const viewer = await lab.client('viewer');
    const wide = createConnection({ client: viewer });
    const seen = await wide.whenRead(AbortSignal.timeout(10_000));
    assert.ok(seen.get('Pod', 'default', 'testpod1'));
    assert.equal(wide.state.is, 'live');
    for (const kind of ['Pod', 'Service', 'EndpointSlice', 'NetworkPolicy'] as const) {
      const coverage = seen.coverage(kind);
      assert.deepEqual(coverage.is === 'forbidden' && coverage.except, ['default'], kind);
    }
    const elsewhere = createConnection({
      client: viewer,
      scope: { is: 'only', namespaces: ['kube-system'] },
    });
    await assert.rejects(elsewhere.whenRead(AbortSignal.timeout(10_000)), { code: 'forbidden' });
    const narrow = createConnection({ client: viewer, scope: { is: 'only', namespaces: ['default'] } });
    const snapshot = await narrow.whenRead(AbortSignal.timeout(10_000));
    assert.ok(snapshot.get('Pod', 'default', 'testpod1'));
    assert.equal(snapshot.coverage('Namespace').is, 'forbidden');
    const outcome = await createExec({ client: viewer }).run(
      { target, command: ['true'], timeoutMs: 5_000 },
      never,
    );
    assert.equal(outcome.is === 'refused' && outcome.httpStatus, 403);
    const access = createAccess(viewer);
    assert.equal(await access.canListAllNamespaces(never), false);
    assert.equal((await access.canExec('default', never)).allowed, false);
    assert.equal((await access.canForwardPorts('default', never)).allowed, false);
    assert.equal((await createAccess(client).canExec('default', never)).allowed, true);
    for (const item of [wide, elsewhere, narrow]) item.dispose();
  });

  it('recovers when the lab is started again with another token at the same place', async () => {
    const hold = connection.watch();
    await connection.whenRead(AbortSignal.timeout(10_000));
    await lab.stopServer();
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'stale');
    await lab.startAgain();
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'live');
    assert.ok(connection.snapshot.get('Pod', 'default', 'testpod1'));
    hold.dispose();
  });
});
