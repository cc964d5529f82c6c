import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

const sleeper = { image: 'centos', command: ['/bin/bash', '-c', 'sleep 15000'] };

describe('lab volumes', () => {
  const world = new World();
  after(() => world.dispose());

  async function start(name: string, spec: Record<string, unknown>): Promise<KubeObject> {
    const pod = world.pod(name, spec);
    await world.ready(name);
    return pod;
  }

  it('shares an emptyDir between containers at different paths, at once', async () => {
    const pod = await start('myvolemptydir', {
      containers: [
        { ...sleeper, name: 'c1', volumeMounts: [{ name: 'xchange', mountPath: '/tmp/xchange' }] },
        { ...sleeper, name: 'c2', volumeMounts: [{ name: 'xchange', mountPath: '/tmp/data' }] },
      ],
      volumes: [{ name: 'xchange', emptyDir: {} }],
    });
    await world.ready('myvolemptydir', 'c2');
    // As recorded of a real cluster, and as the lesson does it with `cd tmp/xchange`.
    assert.deepEqual(await world.sh(pod, 'echo marker > /tmp/xchange/f', { container: 'c1' }), {
      stdout: '',
      stderr: '',
      exit: 0,
    });
    assert.equal((await world.run(pod, ['cat', '/tmp/data/f'], { container: 'c2' })).stdout, 'marker\n');
    await world.sh(pod, 'cd tmp/data; echo more >> f; mkdir d; mv f d/g', { container: 'c2' });
    assert.equal(
      (await world.sh(pod, 'cd tmp/xchange; ls; cat d/g', { container: 'c1' })).stdout,
      'd\nmarker\nmore\n',
    );
    const following = world.start(pod, ['tail', '-n', '+1', '-f', '/tmp/data/d/g'], { container: 'c2' });
    const output = following.stdout[Symbol.asyncIterator]();
    let seen = '';
    const until = async (end: string): Promise<void> => {
      while (!seen.endsWith(end)) seen += Buffer.from((await output.next()).value as Uint8Array).toString();
    };
    await until('marker\nmore\n');
    await world.sh(pod, 'echo live >> /tmp/xchange/d/g', { container: 'c1' });
    await until('more\nlive\n');
    following.kill();
  });

  it("keeps volumes and loses the container's files at a restart", async () => {
    await world.dns();
    const pod = await start('restarts', {
      containers: [
        {
          name: 'c',
          image: 'alpine',
          command: ['sleep', '1000'],
          volumeMounts: [{ name: 'v', mountPath: '/keep' }],
        },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    });
    await world.sh(pod, 'echo a > /keep/a; echo b > /b; apk add curl; kill 1');
    await world.until('restarts', ({ restartCount, ready }) => restartCount === 1 && ready);
    const { stdout, exit } = await world.sh(pod, 'cat /keep/a; ls /b; command -v curl');
    assert.equal(stdout, 'a\n');
    assert.notEqual(exit, 0);
  });

  it('mounts configMaps, secrets, downward API and projections, read-only', async () => {
    world.objects.configMaps.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cm', namespace: 'default', uid: 'cm' },
      data: { 'a.conf': 'a=1\n', b: 'two' },
    });
    world.objects.secrets.push({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'default', uid: 's' },
      data: { password: Buffer.from('s3cret').toString('base64') },
    });
    const volumes = [
      { name: 'cm', configMap: { name: 'cm' } },
      { name: 'one', configMap: { name: 'cm', items: [{ key: 'b', path: 'sub/renamed' }] } },
      {
        name: 'all',
        projected: {
          sources: [
            { secret: { name: 's' } },
            { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          ],
        },
      },
    ];
    const volumeMounts = [
      { name: 'cm', mountPath: '/etc/cm' },
      { name: 'cm', mountPath: '/etc/app/only.conf', subPath: 'a.conf' },
      { name: 'one', mountPath: '/one' },
      { name: 'all', mountPath: '/all' },
    ];
    const pod = world.pod(
      'config',
      { containers: [{ name: 'c', image: 'debian', command: ['sleep', '1000'], volumeMounts }], volumes },
      { labels: { app: 'x' } },
    );
    await world.ready('config');
    const { stdout } = await world.sh(
      pod,
      'cat /etc/cm/a.conf /etc/app/only.conf /one/sub/renamed /all/password; echo; cat /all/labels; echo; ls /etc/app',
    );
    assert.equal(stdout, 'a=1\na=1\ntwos3cret\napp="x"\nonly.conf\n');
    const refused = await world.sh(pod, 'echo x > /etc/cm/new; touch /one/y; rm /all/password', {
      shell: 'bash',
    });
    assert.match(refused.stderr, /bash: line 1: \/etc\/cm\/new: Read-only file system/);
    assert.equal((refused.stderr.match(/Read-only file system/g) ?? []).length, 3);
  });

  it('brings changed ConfigMaps into running pods, but not into sub paths', async () => {
    const quick = new World({ pace: { sync: 20 } });
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cm', namespace: 'default', uid: 'cm' },
      data: { a: 'one', b: 'x' },
    };
    quick.objects.configMaps.push(configMap);
    const volumeMounts = [
      { name: 'cm', mountPath: '/cm' },
      { name: 'cm', mountPath: '/file', subPath: 'a' },
    ];
    const pod = quick.pod('p', {
      containers: [{ name: 'c', image: 'alpine', command: ['sleep', '1000'], volumeMounts }],
      volumes: [{ name: 'cm', configMap: { name: 'cm' } }],
    });
    await quick.ready('p');
    configMap.data = { a: 'two', c: 'y' } as unknown as typeof configMap.data;
    const { stdout } = await quick.sh(
      pod,
      'until grep -q two /cm/a; do sleep 0.02; done; ls /cm; cat /cm/a /file',
    );
    assert.equal(stdout, 'a\nc\ntwoone');
    await quick.dispose();
  });

  it('refuses writes to read-only mounts and read-only root file systems', async () => {
    const pod = await start('readonly', {
      containers: [
        {
          name: 'c',
          image: 'alpine',
          command: ['sleep', '1000'],
          securityContext: { readOnlyRootFilesystem: true },
          volumeMounts: [
            { name: 'v', mountPath: '/ro', readOnly: true },
            { name: 'v', mountPath: '/rw' },
          ],
        },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    });
    const { stdout, stderr } = await world.sh(pod, 'echo x > /rw/x; cat /ro/x; echo y > /ro/y; echo z > /z');
    assert.equal(stdout, 'x\n');
    assert.equal(
      stderr,
      "sh: can't create /ro/y: Read-only file system\nsh: can't create /z: Read-only file system\n",
    );
  });

  it("shares a node's disk and a claim between pods, subPaths apart", async () => {
    const spec = (nodeName: string, subPath: string): Record<string, unknown> => ({
      nodeName,
      containers: [
        {
          ...sleeper,
          name: 'c',
          volumeMounts: [
            { name: 'h', mountPath: '/host' },
            { name: 'p', mountPath: '/claim' },
            { name: 'p', mountPath: '/own', subPath },
          ],
        },
      ],
      volumes: [
        { name: 'h', hostPath: { path: '/data/x', type: 'DirectoryOrCreate' } },
        { name: 'p', persistentVolumeClaim: { claimName: 'data' } },
      ],
    });
    const [a, b, c] = [
      await start('a', spec('node1', 'a')),
      await start('b', spec('node1', 'b')),
      await start('c', spec('node2', 'c')),
    ];
    await world.sh(a, 'echo node > /host/f; echo claim > /claim/f; echo mine > /own/f');
    assert.equal(
      (await world.sh(b, 'cat /host/f /claim/f /claim/a/f; ls /own')).stdout,
      'node\nclaim\nmine\n',
    );
    const elsewhere = await world.sh(c, 'cat /claim/f; cat /host/f');
    assert.equal(elsewhere.stdout, 'claim\n');
    assert.match(elsewhere.stderr, /\/host\/f: No such file or directory/);
  });

  it('waits for what a volume or variable needs, and says what is missing', async () => {
    const quick = new World({ pace: { retry: 20 } });
    quick.pod('late', {
      containers: [
        {
          ...sleeper,
          name: 'c',
          env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'later', key: 'k' } } }],
        },
      ],
    });
    const waiting = await quick.until(
      'late',
      ({ state }) => 'waiting' in state && state.waiting.reason !== 'ContainerCreating',
    );
    assert.deepEqual(waiting.state, {
      waiting: { reason: 'CreateContainerConfigError', message: 'configmap "later" not found' },
    });
    quick.objects.configMaps.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'later', namespace: 'default', uid: 'l' },
      data: { k: 'v' },
    });
    await quick.ready('late');
    await quick.dispose();
  });

  it('takes and gives archives, as kubectl cp does', async () => {
    const pod = await start('copy', { containers: [{ ...sleeper, name: 'c' }] });
    await world.sh(pod, 'mkdir -p /d/e; echo hello > /d/e/f');
    const out = world.start(pod, ['tar', 'cf', '-', '/d/e/f']);
    const chunks: Uint8Array[] = [];
    for await (const chunk of out.stdout) chunks.push(chunk);
    const into = world.start(pod, ['tar', '-xmf', '-', '-C', '/tmp'], { stdin: true });
    for (const chunk of chunks) into.writeStdin(chunk);
    into.endStdin();
    assert.deepEqual(await into.exited, { exitCode: 0 });
    assert.equal((await world.sh(pod, 'cat /tmp/d/e/f')).stdout, 'hello\n');
  });

  it('checks permissions for users that are not root', async () => {
    const pod = await start('user', {
      securityContext: { runAsUser: 1000 },
      containers: [{ name: 'c', image: 'debian', command: ['sleep', '1000'] }],
    });
    const { stderr, stdout } = await world.sh(
      pod,
      'echo x > /etc/x; rm /etc/hostname; ls /root; cat /etc/shadow; echo ok > /tmp/mine; chmod 600 /tmp/mine; cat /tmp/mine; apt-get update; id',
      { shell: 'bash' },
    );
    assert.match(stderr, /\/etc\/x: Permission denied/);
    assert.match(stderr, /ls: cannot open directory '\/root': Permission denied/);
    assert.match(stderr, /List directory .* is missing\. - Acquire \(13: Permission denied\)/);
    assert.equal(stdout, 'ok\nReading package lists... Done\nuid=1000 gid=0(root) groups=0(root)\n');
  });
});
