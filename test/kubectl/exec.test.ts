import assert from 'node:assert/strict';
import { LabProcess } from './lab.ts';

interface PodJson {
  status: { podIP: string };
}

describe('kubectl runs commands in the lab', function () {
  this.timeout(60_000);
  let lab: LabProcess;
  let address = '';
  before(async () => {
    lab = await LabProcess.start();
    await lab.run('wait', '--for=condition=Ready', 'pod', '--all', '-A', '--timeout=40s');
    address = (await lab.get<PodJson>('pod', 'testpod1')).status.podIP;
  });
  after(async () => {
    assert.equal(await lab.stop(), 0);
    assert.equal(lab.complaints, '');
  });

  it('exec: output and success', async () => {
    const { code, stdout } = await lab.kubectl(['exec', 'testpod1', '--', 'echo', 'hello', 'world']);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: 'hello world\n' });
  });

  it('exec: exit code and standard error', async () => {
    const { code, stdout, stderr } = await lab.kubectl([
      'exec',
      'testpod1',
      '--',
      'sh',
      '-c',
      'echo out; echo err >&2; exit 7',
    ]);
    assert.equal(code, 7);
    assert.equal(stdout, 'out\n');
    assert.match(stderr, /^err\n/);
    assert.match(stderr, /command terminated with exit code 7/);
  });

  it('exec: a program that the image does not have', async () => {
    const { code, stderr } = await lab.kubectl(['exec', 'testipod', '-c', 'c00', '--', 'curl', '--version']);
    assert.notEqual(code, 0);
    assert.match(stderr, /exec: "curl": executable file not found in \$PATH/);
  });

  it('exec: an image without a shell', async () => {
    const { stderr } = await lab.kubectl(['exec', 'distroless', '--', 'sh', '-c', 'true']);
    assert.match(stderr, /exec: "sh": executable file not found in \$PATH/);
  });

  it('exec -i: standard input to its end', async () => {
    const { code, stdout } = await lab.kubectl(['exec', '-i', 'testpod1', '--', 'cat'], {
      input: 'first\nsecond\n',
    });
    assert.deepEqual({ code, stdout }, { code: 0, stdout: 'first\nsecond\n' });
  });

  it('exec: refused before anything runs', async () => {
    const pod = await lab.kubectl(['exec', 'nosuch', '--', 'true']);
    assert.match(pod.stderr, /pods "nosuch" not found/);
    const container = await lab.kubectl(['exec', 'testpod1', '-c', 'nope', '--', 'true']);
    assert.match(container.stderr, /container (not found|nope is not valid for pod testpod1)|container nope/);
    const viewer = await lab.kubectl(['exec', 'testpod1', '--', 'true'], { context: 'podnet-lab-viewer' });
    assert.match(
      viewer.stderr,
      /pods "testpod1" is forbidden: User "viewer" cannot get resource "pods\/exec" in API group "" in the namespace "default"/,
    );
  });

  it('pod to pod by address, by service address, by name and by node port', async () => {
    const fetchCode = async (url: string): Promise<string> => {
      const args = ['exec', 'testpod1', '--', 'curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', url];
      const { stdout, stderr } = await lab.kubectl(args);
      assert.equal(stderr, '');
      return stdout;
    };
    const target = (await lab.get<PodJson>('pod', 'testpod2')).status.podIP;
    assert.equal(await fetchCode(`http://${target}`), '200');
    assert.equal(await fetchCode('http://10.96.4.5'), '200');
    assert.equal(await fetchCode('http://demoservice'), '200');
    assert.equal(await fetchCode('http://172.30.0.12:31412'), '200');
  });

  it('run --image=curlimages/curl: a client pod of one command', async () => {
    await lab.run(
      'run',
      'client',
      '--image=curlimages/curl',
      '--restart=Never',
      '--',
      'curl',
      '-s',
      `http://${address}`,
    );
    await lab.run('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/client', '--timeout=30s');
    assert.match(await lab.run('logs', 'client'), /nginx/i);
    await lab.run('delete', 'pod', 'client');
  });

  it('run -i: attached to the container’s own process', async () => {
    const args = ['run', 'piped', '--image=busybox', '-i', '--rm', '--restart=Never', '--', 'cat'];
    const { code, stdout } = await lab.kubectl(args, { input: 'through attach\n' });
    assert.equal(code, 0);
    assert.match(stdout, /^through attach\n/);
    assert.equal((await lab.kubectl(['get', 'pod', 'piped'])).code, 1);
  });

  it('one volume at two paths', async () => {
    await lab.run('exec', 'myvolemptydir', '-c', 'c1', '--', 'sh', '-c', 'echo marker > /tmp/xchange/f');
    assert.equal(await lab.run('exec', 'myvolemptydir', '-c', 'c2', '--', 'cat', '/tmp/data/f'), 'marker\n');
  });

  it('logs, logs -c, logs --tail and logs -f', async () => {
    const of = (...more: string[]): Promise<string> => lab.run('logs', 'testipod', '-c', 'c00', ...more);
    assert.match(await of(), /^(Hello-Bilal\n)+$/);
    assert.equal(await of('--tail=1'), 'Hello-Bilal\n');
    const followed = await lab.kubectl(['logs', '-f', 'testipod', '-c', 'c00', '--tail=1'], {
      until: /(Hello-Bilal\n){2}/,
    });
    assert.match(followed.stdout, /^(Hello-Bilal\n){2}/);
    const wrong = await lab.kubectl(['logs', 'testipod', '-c', 'nope']);
    assert.match(wrong.stderr, /container nope is not valid for pod testipod/);
  });

  it('debug: an ephemeral container beside a container without a shell', async () => {
    await lab.run('debug', 'distroless', '--image=curlimages/curl', '-c', 'probe', '--', 'sleep', '600');
    const running = '--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running.startedAt}';
    await lab.run('wait', running, 'pod/distroless', '--timeout=30s');
    const url = 'http://127.0.0.1:8080/hostname';
    const { code, stdout } = await lab.kubectl([
      'exec',
      'distroless',
      '-c',
      'probe',
      '--',
      'curl',
      '-s',
      url,
    ]);
    assert.deepEqual({ code, stdout: stdout.trim() }, { code: 0, stdout: 'distroless' });
  });
});
