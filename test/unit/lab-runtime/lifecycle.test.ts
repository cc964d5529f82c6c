import assert from 'node:assert/strict';
import type { ContainerState, LogOptions } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

const pace = { restartFirst: 30, restartMost: 200, retry: 30 };

const kind = ({ state }: ContainerState): string =>
  'running' in state
    ? 'running'
    : 'waiting' in state
      ? state.waiting.reason
      : `${state.terminated.reason} ${state.terminated.exitCode}`;

describe('lab containers', () => {
  const world = new World({ pace });
  after(() => world.dispose());

  const history = (pod: string, container?: string): string[] =>
    world.states
      .filter(
        (entry) => entry.pod === pod && (container === undefined || entry.state.container === container),
      )
      .map(({ state }) => kind(state));

  async function logs(podUid: string, container: string, options: Partial<LogOptions> = {}): Promise<string> {
    let text = '';
    const all = { podUid, container, previous: false, timestamps: false, follow: false, ...options };
    for await (const line of world.runtime.logs(all, new AbortController().signal)) text += line;
    return text;
  }

  it("run their image's program, or command and args instead", async () => {
    world.pod('plain', { containers: [{ name: 'c', image: 'nginx' }] });
    world.pod('args', {
      containers: [{ name: 'c', image: 'curlimages/curl', args: ['--version'] }],
      restartPolicy: 'Never',
    });
    await world.ready('plain');
    assert.equal(kind(await world.until('args', ({ state }) => 'terminated' in state)), 'Completed 0');
    assert.match(await logs('uid-args', 'c'), /^curl 7\.88\.1/);
    const { stdout } = await world.sh({ ...pod('plain') }, 'cat /proc/1/cmdline | tr "\\0" " "');
    assert.equal(stdout, 'nginx -g daemon off; ');
  });

  const pod = (name: string): (typeof world.objects.pods)[number] => {
    const found = world.objects.pods.find(({ metadata }) => metadata.name === name);
    assert.ok(found);
    return found;
  };

  it('crash, back off and count their restarts', async () => {
    world.pod('crash', {
      containers: [{ name: 'c', image: 'alpine', command: ['sh', '-c', 'echo run $RANDOM; exit 3'] }],
    });
    const state = await world.until('crash', ({ restartCount }) => restartCount >= 3);
    assert.equal(state.container, 'c');
    const seen = history('crash');
    assert.deepEqual(seen.slice(0, 5), ['running', 'Error 3', 'running', 'Error 3', 'CrashLoopBackOff']);
    const waiting = world.states.find(
      (entry) => entry.pod === 'crash' && kind(entry.state) === 'CrashLoopBackOff',
    );
    assert.ok(waiting && 'waiting' in waiting.state.state);
    assert.match(
      waiting.state.state.waiting.message ?? '',
      /^back-off .* restarting failed container=c pod=crash_default\(uid-crash\)$/,
    );
    await world.runtime.stopPod('uid-crash');
  });

  it('end as restartPolicy says', async () => {
    world.pod('never', {
      restartPolicy: 'Never',
      containers: [{ name: 'c', image: 'alpine', command: ['false'] }],
    });
    world.pod('onfailure', {
      restartPolicy: 'OnFailure',
      containers: [{ name: 'c', image: 'alpine', command: ['sh', '-c', 'exit 0'] }],
    });
    assert.equal(kind(await world.until('never', ({ state }) => 'terminated' in state)), 'Error 1');
    assert.equal(kind(await world.until('onfailure', ({ state }) => 'terminated' in state)), 'Completed 0');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(history('never'), ['running', 'Error 1']);
    assert.deepEqual(history('onfailure'), ['running', 'Completed 0']);
  });

  it('say why they cannot start', async () => {
    world.pod('missing', { containers: [{ name: 'c', image: 'debian', command: ['/no/such'] }] });
    await world.until('missing', (state) => kind(state) === 'CrashLoopBackOff');
    const failed = world.states.find(
      (entry) => entry.pod === 'missing' && 'terminated' in entry.state.state,
    )?.state;
    assert.ok(failed && 'terminated' in failed.state);
    assert.equal(kind(failed), 'StartError 128');
    assert.match(
      failed.state.terminated.message ?? '',
      /exec: "\/no\/such": stat \/no\/such: no such file or directory: unknown$/,
    );
    world.pod('root', {
      securityContext: { runAsNonRoot: true },
      containers: [{ name: 'c', image: 'nginx' }],
    });
    const refused = await world.until(
      'root',
      ({ state }) => 'waiting' in state && state.waiting.reason === 'CreateContainerConfigError',
    );
    assert.ok('waiting' in refused.state);
    assert.match(
      refused.state.waiting.message ?? '',
      /^container has runAsNonRoot and image will run as root/,
    );
  });

  it('cannot pull what there is not, and say what there is', async () => {
    const cases: [image: string, message: RegExp][] = [
      [
        'nosuch/thing:1',
        /failed to pull and unpack image "docker\.io\/nosuch\/thing:1".*pull access denied.*practice lab: it has only the images .*nginx/,
      ],
      ['registry.example.com/app:2', /lookup registry\.example\.com: no such host/],
      ['nginx:doesnotexist', /docker\.io\/library\/nginx:doesnotexist: not found/],
    ];
    for (const [index, [image, message]] of cases.entries()) {
      const name = `pull${index}`;
      world.pod(name, { containers: [{ name: 'c', image }] });
      const failed = await world.until(name, (state) => kind(state) === 'ErrImagePull');
      assert.ok('waiting' in failed.state);
      assert.match(failed.state.waiting.message ?? '', message);
      const backOff = await world.until(name, (state) => kind(state) === 'ImagePullBackOff');
      assert.ok('waiting' in backOff.state);
      assert.match(backOff.state.waiting.message ?? '', /^Back-off pulling image "/);
    }
    world.pod('badname', { containers: [{ name: 'c', image: 'Nginx:1' }] });
    assert.equal(kind(await world.until('badname', ({ state }) => 'waiting' in state)), 'InvalidImageName');
  });

  it('take images by every name they have', async () => {
    const images = [
      'nginx:1.29',
      'docker.io/library/nginx',
      'library/httpd:2.4-alpine',
      'index.docker.io/busybox:1.36',
      `redis@sha256:${'a'.repeat(64)}`,
      'registry.k8s.io/pause:3.10',
      'gcr.io/distroless/static-debian12',
      'public.ecr.aws/docker/library/alpine:3',
    ];
    for (const [index, image] of images.entries()) {
      const command = image.includes('distroless')
        ? { command: ['/pause'] }
        : /busybox|alpine:3/.test(image)
          ? { command: ['sleep', '99'] }
          : {};
      world.pod(`image${index}`, { containers: [{ name: 'c', image, ...command }] });
      await world.ready(`image${index}`);
    }
    const { stdout } = await world.sh(
      pod('image2'),
      'command -v wget; cat /etc/alpine-release >/dev/null && echo alpine',
    );
    assert.equal(stdout, '/bin/wget\nalpine\n');
  });

  it('start in order: init containers, sidecars, then the others', async () => {
    world.pod('ordered', {
      initContainers: [
        {
          name: 'first',
          image: 'alpine',
          command: ['sh', '-c', 'echo one > /v/f'],
          volumeMounts: [{ name: 'v', mountPath: '/v' }],
        },
        { name: 'side', image: 'busybox', restartPolicy: 'Always', command: ['sleep', '1000'] },
        {
          name: 'second',
          image: 'alpine',
          command: ['sh', '-c', '[ -f /v/go ] || { touch /v/go; exit 1; }; echo two >> /v/f'],
          volumeMounts: [{ name: 'v', mountPath: '/v' }],
        },
      ],
      containers: [
        {
          name: 'main',
          image: 'alpine',
          command: ['sh', '-c', 'cat /v/f; sleep 1000'],
          volumeMounts: [{ name: 'v', mountPath: '/v' }],
        },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    });
    await world.ready('ordered', 'main');
    const order = world.states
      .filter((entry) => entry.pod === 'ordered')
      .map(({ state }) => `${state.container} ${kind(state)}`);
    assert.deepEqual(order, [
      'first running',
      'first Completed 0',
      'side running',
      'second running',
      'second Error 1',
      'second running',
      'second Completed 0',
      'main running',
    ]);
    while ((await logs('uid-ordered', 'main')) !== 'one\ntwo\n') await new Promise(setImmediate);
  });

  it('are added to a running pod: ephemeral containers share its network', async () => {
    const target = pod('plain');
    const spec = target.spec as { ephemeralContainers?: unknown[] };
    spec.ephemeralContainers = [
      { name: 'debug', image: 'curlimages/curl', command: ['sleep', '1000'], targetContainerName: 'c' },
    ];
    world.runtime.startPod(target);
    await world.until('plain', ({ state }) => 'running' in state, 'debug');
    const { stdout } = await world.run(target, ['curl', '-s', 'localhost'], { container: 'debug' });
    assert.match(stdout, /Welcome to nginx/);
  });

  it('get another image when the pod has', async () => {
    const target = world.pod('upgrade', { containers: [{ name: 'c', image: 'nginx:1.28' }] });
    await world.ready('upgrade');
    const [container] = (target.spec as { containers: { image: string }[] }).containers;
    if (container)
      target.spec = { ...(target.spec as object), containers: [{ ...container, image: 'httpd' }] };
    world.runtime.startPod(target);
    await world.until('upgrade', ({ restartCount, ready }) => restartCount === 1 && ready);
    assert.equal((await world.sh(target, 'command -v httpd')).exit, 0);
  });

  it("are ready when their probe passes, over the lab's network", async () => {
    const target = world.pod('probed', {
      containers: [
        {
          name: 'c',
          image: 'nginx',
          ports: [{ name: 'http', containerPort: 80 }],
          readinessProbe: {
            httpGet: { path: '/ready', port: 'http' },
            periodSeconds: 0.1,
            failureThreshold: 1,
          },
        },
      ],
    });
    await world.until('probed', ({ state }) => 'running' in state);
    assert.equal((await world.until('probed', () => true)).ready, false);
    await world.sh(target, 'touch /usr/share/nginx/html/ready');
    await world.until('probed', ({ ready }) => ready);
    await world.sh(target, 'rm /usr/share/nginx/html/ready');
    await world.until('probed', ({ ready }) => !ready);
    assert.match(await logs('uid-probed', 'c'), /"GET \/ready HTTP\/1\.1" 404 .*kube-probe/);
  });

  it('are restarted when their liveness probe fails, after the startup probe', async () => {
    world.pod('alive', {
      containers: [
        {
          name: 'c',
          image: 'alpine',
          command: ['sh', '-c', 'sleep 0.2; touch /up; sleep 1000'],
          startupProbe: { exec: { command: ['ls', '/up'] }, periodSeconds: 0.05, failureThreshold: 100 },
          livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 0.05, failureThreshold: 2 },
        },
      ],
    });
    await world.until('alive', ({ restartCount }) => restartCount === 1);
    assert.ok(history('alive').includes('Error 137'));
    await world.runtime.stopPod('uid-alive');
  });

  it('end politely when the pod is stopped, and are forgotten', async () => {
    const target = world.pod('stopped', {
      containers: [
        {
          name: 'c',
          image: 'debian',
          command: ['bash', '-c', 'trap "echo bye; exit 0" TERM; echo hi; while true; do sleep 0.05; done'],
        },
      ],
    });
    await world.until('stopped', ({ state }) => 'running' in state);
    const following = (async () => {
      let text = '';
      const options = {
        podUid: target.metadata.uid,
        container: 'c',
        previous: false,
        timestamps: false,
        follow: true,
      };
      for await (const line of world.runtime.logs(options, new AbortController().signal)) {
        text += line;
        if (line === 'hi\n') void world.runtime.stopPod(target.metadata.uid);
      }
      return text;
    })();
    assert.equal(await following, 'hi\nbye\n');
    await world.until('stopped', (state) => kind(state) === 'Completed 0');
    assert.deepEqual(await world.start(target, ['true']).exited, { notStarted: 'container not found ("c")' });
  });

  describe('logs', () => {
    it('come line by line over time, and follow', async () => {
      world.pod('talks', {
        containers: [
          {
            name: 'c',
            image: 'ubuntu',
            command: ['/bin/bash', '-c', 'while true; do echo Hello-Bilal; sleep 0.05; done'],
          },
        ],
      });
      await world.ready('talks');
      const stop = new AbortController();
      const options = {
        podUid: 'uid-talks',
        container: 'c',
        previous: false,
        timestamps: true,
        follow: true,
      };
      const lines: string[] = [];
      for await (const line of world.runtime.logs(options, stop.signal)) {
        lines.push(line);
        if (lines.length === 4) stop.abort();
      }
      assert.equal(lines.length, 4);
      for (const line of lines) assert.match(line, /^\d{4}-\d\d-\d\dT[\d:.]+Z Hello-Bilal\n$/);
    });

    it('can be had from the end, since a time, up to a size, and of the run before', async () => {
      world.pod('counted', {
        containers: [
          {
            name: 'c',
            image: 'alpine',
            command: [
              'sh',
              '-c',
              'for i in 1 2 3 4 5; do echo line $i; done; echo err >&2; printf partial; exit 1',
            ],
          },
        ],
      });
      await world.until('counted', ({ restartCount, state }) => restartCount >= 1 && 'waiting' in state);
      assert.equal(await logs('uid-counted', 'c', { tailLines: 3 }), 'line 5\nerr\npartial\n');
      assert.equal(await logs('uid-counted', 'c', { limitBytes: 10 }), 'line 1\nlin');
      assert.equal(await logs('uid-counted', 'c', { sinceTime: new Date(Date.now() + 1000) }), '');
      assert.match(await logs('uid-counted', 'c', { previous: true }), /^line 1\n/);
      await world.runtime.stopPod('uid-counted');
    });

    it('stay bounded', async () => {
      world.pod('noisy', {
        containers: [
          {
            name: 'c',
            image: 'alpine',
            command: ['sh', '-c', 'yes 0123456789abcdef | head -n 200000; echo last; sleep 1000'],
          },
        ],
      });
      for (;;) {
        const text = await logs('uid-noisy', 'c', { tailLines: 1 });
        if (text === 'last\n') break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const all = await logs('uid-noisy', 'c');
      assert.ok(all.length > 100_000 && all.length <= 1_048_576);
    });
  });
});
