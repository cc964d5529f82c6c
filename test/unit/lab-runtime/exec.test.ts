import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { text, World } from './world.ts';

interface Transcript {
  request: string;
  frames: { channel: number; text: string }[];
}

/** What a real 1.36 cluster answered. */
async function recording(name: string): Promise<Transcript> {
  const url = new URL(`../../fixtures/recordings/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(url, 'utf8')) as Transcript;
}

function statusCause(transcript: Transcript): string {
  const status = JSON.parse(transcript.frames.at(-1)?.text ?? '{}') as {
    details: { causes: { message: string }[] };
  };
  return status.details.causes[0]?.message ?? '';
}

const withoutIds = (message: string): string => message.replace(/[0-9a-f]{64}/g, 'ID');

describe('lab exec', () => {
  const world = new World();
  let ubuntu: KubeObject;
  let nginx: KubeObject;
  let distroless: KubeObject;
  before(async () => {
    ubuntu = world.pod('testipod', {
      containers: [
        {
          name: 'c00',
          image: 'ubuntu',
          command: ['/bin/bash', '-c', 'while true; do echo Hello-Bilal; sleep 5; done'],
        },
        { name: 'c01', image: 'httpd' },
      ],
    });
    nginx = world.pod('testpod1', { containers: [{ name: 'c01', image: 'nginx' }] });
    distroless = world.pod('distroless', {
      containers: [{ name: 'app', image: 'registry.k8s.io/e2e-test-images/agnhost:2.57', args: ['netexec'] }],
    });
    for (const pod of ['testipod', 'testpod1', 'distroless']) await world.ready(pod);
  });
  after(() => world.dispose());

  it('says in the words of a real cluster that a program is missing', async () => {
    for (const [name, pod, command] of [
      ['exec-curl-missing', ubuntu, ['curl', '--version']],
      ['exec-no-shell', distroless, ['sh', '-c', 'true']],
    ] as const) {
      const real = withoutIds(statusCause(await recording(name)));
      const { exit, stdout, stderr } = await world.run(pod, command);
      assert.equal(`Internal error occurred: ${withoutIds(String(exit))}`, real);
      assert.deepEqual([stdout, stderr], ['', '']);
    }
  });

  it('says which path is missing or may not be run', async () => {
    const missing = await world.run(ubuntu, ['/bin/nosuch']);
    assert.match(
      String(missing.exit),
      /exec: "\/bin\/nosuch": stat \/bin\/nosuch: no such file or directory$/,
    );
    const denied = await world.run(ubuntu, ['/etc/passwd']);
    assert.match(String(denied.exit), /exec: "\/etc\/passwd": permission denied$/);
  });

  it('says that a container is not there', async () => {
    const session = world.start(ubuntu, ['true'], { container: 'nope' });
    assert.deepEqual(await session.exited, { notStarted: 'container not found ("nope")' });
  });

  it('half-closes stdin as recorded: output, stderr and exit code 7', async () => {
    const script = 'while read l; do echo "got $l"; done; echo end >&2; exit 7';
    const real = await recording('exec-stdin-half-close');
    const channel = (number: number): string =>
      real.frames
        .filter((frame) => frame.channel === number)
        .map((frame) => frame.text)
        .join('');
    const result = await world.sh(nginx, script, { input: 'a\nb\n' });
    assert.deepEqual(result, { stdout: channel(1), stderr: channel(2), exit: 7 });
  });

  it('hands stdin to the program as it comes, and output to the client as it is written', async () => {
    const session = world.start(nginx, ['sh', '-c', 'while read l; do echo "got $l"; done; echo bye'], {
      stdin: true,
    });
    const output = session.stdout[Symbol.asyncIterator]();
    const next = async (): Promise<string> => {
      const result = await output.next();
      return result.done === true ? '' : Buffer.from(result.value).toString();
    };
    session.writeStdin(Buffer.from('one\n'));
    assert.equal(await next(), 'got one\n');
    session.writeStdin(Buffer.from('two\nthr'));
    assert.equal(await next(), 'got two\n');
    session.writeStdin(Buffer.from('ee\n'));
    assert.equal(await next(), 'got three\n');
    session.endStdin();
    assert.equal(await next(), 'bye\n');
    assert.equal(await next(), '');
    assert.deepEqual(await session.exited, { exitCode: 0 });
  });

  it('runs /dev/tcp as recorded', async () => {
    const real = await recording('exec-bash-dev-tcp');
    const command = new URL(real.request.replace('GET ', ''), 'http://x').searchParams.getAll('command');
    const result = await world.run(ubuntu, command);
    assert.deepEqual(result, { stdout: 'open\n', stderr: '', exit: 0 });
  });

  it('passes argv exactly as given', async () => {
    const odd = ['printf', '<%s>', 'a b', '', '$HOME', '*', '; exit 1', '"\'', 'ü\n'];
    const { stdout } = await world.run(ubuntu, odd);
    assert.equal(stdout, '<a b><><$HOME><*><; exit 1><"\'><ü\n>');
  });

  it('carries bytes that are no text, both ways', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const session = world.start(ubuntu, ['sh', '-c', 'cat > /tmp/b; cat /tmp/b'], { stdin: true });
    for (let at = 0; at < bytes.length; at += 8192) session.writeStdin(bytes.subarray(at, at + 8192));
    session.endStdin();
    const chunks: Uint8Array[] = [];
    for await (const chunk of session.stdout) chunks.push(chunk);
    assert.ok(Buffer.concat(chunks).equals(bytes));
  });

  it('ends a session that is killed, and everything it started', async () => {
    const session = world.start(ubuntu, ['bash', '-c', 'sleep 1000 & sleep 1000']);
    session.kill();
    assert.deepEqual(await session.exited, { exitCode: 137 });
    assert.equal(await text(session.stdout), '');
    const { stdout } = await world.sh(ubuntu, 'ps -e | grep -c sleep');
    // The one left is the container's own.
    assert.equal(stdout, '1\n');
  });

  it('holds a program back whose output nobody reads', async () => {
    const session = world.start(ubuntu, ['sh', '-c', 'yes | head -c 10000000; echo done >&2']);
    const errors = session.stderr[Symbol.asyncIterator]();
    const written = errors.next();
    const early = await Promise.race([
      written,
      new Promise((resolve) => setTimeout(resolve, 200, 'waiting')),
    ]);
    assert.equal(early, 'waiting');
    let size = 0;
    for await (const chunk of session.stdout) size += chunk.length;
    assert.equal(size, 10_000_000);
    assert.equal(Buffer.from((await written).value as Uint8Array).toString(), 'done\n');
  });

  it('gives environment, working directory and user as the pod asks for them', async () => {
    world.objects.configMaps.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'default', uid: 'cm' },
      data: { COLOUR: 'green' },
    });
    world.service('demo-service', { ip: '10.96.4.5', port: 80 });
    const pod = world.pod('env', {
      securityContext: { runAsUser: 1234 },
      containers: [
        {
          name: 'c',
          image: 'alpine',
          command: ['sleep', '1000'],
          workingDir: '/srv/app',
          envFrom: [{ configMapRef: { name: 'settings' } }],
          env: [
            { name: 'MY_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
            { name: 'URL', value: 'http://$(MY_IP):80/$(NOPE)' },
          ],
        },
      ],
    });
    await world.ready('env');
    const { stdout } = await world.sh(
      pod,
      'pwd; id -u; echo $COLOUR $URL $HOSTNAME $(hostname) $DEMO_SERVICE_SERVICE_HOST:$DEMO_SERVICE_SERVICE_PORT',
    );
    const ip = world.address(pod);
    assert.equal(stdout, `/srv/app\n1234\ngreen http://${ip}:80/$(NOPE) env env 10.96.4.5:80\n`);
  });
});
