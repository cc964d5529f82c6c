import assert from 'node:assert/strict';
import { World, type Output } from './world.ts';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';

/** Installing curl by hand, as in the lesson, in the images of each family. */
describe('package managers of the lab', function () {
  this.timeout(20_000);
  let world: World;
  let made = 0;

  beforeEach(async () => {
    world = new World();
    await world.dns();
    const web = world.pod('web', { containers: [{ name: 'c', image: 'nginx' }] });
    await world.ready('web');
    world.service('demo', { ip: '10.96.0.20', port: 80, pods: [web] });
  });
  afterEach(() => world.dispose());

  async function pod(image: string, spec: Record<string, unknown> = {}): Promise<KubeObject> {
    const name = `p${++made}`;
    const container = { name: 'c', image, command: ['sleep', '1000'], ...spec };
    const started = world.pod(name, { containers: [container] });
    await world.ready(name);
    return started;
  }

  const ask = 'curl -sS -o /dev/null -w "%{http_code}\\n" demo';

  for (const [image, command] of [
    ['ubuntu', 'apt update && apt install curl -y'],
    ['debian:12', 'apt-get update && apt-get install -y curl'],
    [
      'httpd',
      'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends curl',
    ],
    ['alpine:3.22', 'apk add curl'],
    ['centos:8', 'rm /usr/bin/curl && dnf install -y curl'],
    ['fedora:42', 'rm /usr/bin/curl && dnf install -y curl'],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'rm /usr/bin/curl && microdnf install -y curl'],
  ] as const) {
    it(`install a curl that works: ${image}`, async () => {
      const container = await pod(image);
      const { stdout, stderr, exit } = await world.sh(container, `(${command}) >/dev/null && ${ask}`);
      assert.deepEqual([stdout, exit], ['200\n', 0], stderr);
    });
  }

  it('do not install what came with the image', async () => {
    const { stdout } = await world.sh(await pod('fedora'), 'dnf install curl');
    assert.match(stdout, /Package curl-\S+\.fc42\.x86_64 is already installed\.\n.*\nNothing to do\./);
  });

  it('know nothing before the lists were fetched, as in the lesson', async () => {
    const { stderr, exit } = await world.sh(await pod('ubuntu'), 'apt-get install -y curl');
    assert.deepEqual([stderr, exit], ['E: Unable to locate package curl\n', 100]);
  });

  const refusals: readonly (readonly [string, string, RegExp, RegExp])[] = [
    [
      'ubuntu',
      'apt-get update && apt-get install -y curl',
      /Acquire \(13: Permission denied\)/,
      /Acquire \(30: Read-only file system\)/,
    ],
    [
      'alpine',
      'apk add curl',
      /Unable to lock database: Permission denied/,
      /database: Read-only file system/,
    ],
    ['centos', 'dnf install -y wget', /superuser privileges/, /transaction lock .*\(Read-only file system\)/],
  ];
  for (const [image, command, notRoot, readOnly] of refusals) {
    it(`refuse without root, and on a read-only root: ${image}`, async () => {
      const refused = async (securityContext: Record<string, unknown>): Promise<Output> =>
        world.sh(await pod(image, { securityContext }), command);
      const user = await refused({ runAsUser: 1_000 });
      assert.match(user.stderr, notRoot);
      assert.notEqual(user.exit, 0);
      const root = await refused({ readOnlyRootFilesystem: true });
      assert.match(root.stderr, readOnly);
      assert.notEqual(root.exit, 0);
    });
  }

  it('reach no server where a policy denies egress', async () => {
    const alpine = await pod('alpine');
    const debian = await pod('debian');
    const policy = (egress: unknown[]): KubeObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'closed', namespace: 'default', uid: 'uid-closed' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress },
    });
    world.objects.networkPolicies.push(policy([{ ports: [{ port: 53, protocol: 'UDP' }] }]));
    const added = await world.sh(alpine, 'apk add curl');
    assert.match(
      added.stderr,
      /operation timed out\nERROR: unable to select packages:\n {2}curl \(no such package\)/,
    );
    const updated = await world.sh(debian, 'apt-get update');
    assert.match(updated.stderr, /Could not connect to deb\.debian\.org:80, connection timed out/);
    assert.equal(updated.exit, 0);
  });

  it('ask on a terminal, and curl is gone after a restart', async () => {
    const container = world.pod('shell', {
      containers: [{ name: 'c', image: 'ubuntu', command: ['sleep', '1000'] }],
    });
    await world.ready('shell');
    const session = world.start(container, ['bash'], { tty: true });
    session.writeStdin(Buffer.from('apt update && apt install curl\ny\n'));
    session.writeStdin(Buffer.from(`${ask}; exit\n`));
    let seen = '';
    for await (const bytes of session.stdout) seen += Buffer.from(bytes).toString();
    assert.match(seen, /Do you want to continue\? \[Y\/n\]/);
    assert.match(seen, /Setting up curl \.\.\.[^]*\b200\r\n/);
    await world.sh(container, 'kill 1; kill -9 1');
    await world.until('shell', (state) => state.restartCount > 0 && state.ready);
    assert.equal((await world.sh(container, 'command -v curl')).exit, 127);
  });
});
