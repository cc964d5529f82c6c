import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { ListJson } from '../../src/cli/list/asJson.ts';
import { LabProcess } from '../cluster/labProcess.ts';
import { ended, podnet, start, startLab, type RunningLab } from './podnet.ts';

describe('podnet list', () => {
  let lab: RunningLab;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'podnet-cli-'));
    lab = await startLab();
  });
  after(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true });
  });
  const listed = async (...args: string[]): Promise<ListJson> => {
    const { code, out, err } = await podnet(['list', '-o', 'json', ...args], { KUBECONFIG: lab.kubeconfig });
    assert.equal(code, 0, err);
    return JSON.parse(out) as ListJson;
  };

  it('keeps the contract, field by field', async () => {
    const { pods, services, volumes } = await listed();
    const pod = pods!.find(({ name }) => name === 'testpod1')!;
    assert.deepEqual(Object.keys(pod), [
      ...['namespace', 'name', 'ips', 'node', 'phase', 'ready', 'containers', 'volumes', 'services'],
    ]);
    assert.deepEqual([pod.namespace, pod.phase, pod.ready], ['default', 'Running', true]);
    assert.match(pod.ips[0]!, /^10\.244\.\d+\.\d+$/);
    assert.match(pod.node, /^node\d$/);
    assert.deepEqual(Object.keys(pod.containers[0]!), ['name', 'image', 'ports', 'mounts']);
    assert.deepEqual(pod.containers[0]!.ports, [{ name: '', port: 80, protocol: 'TCP' }]);

    const service = services!.find(({ name }) => name === 'demoservice')!;
    assert.deepEqual(Object.keys(service), [
      ...['namespace', 'name', 'type', 'clusterIPs', 'ports', 'selector', 'endpoints'],
    ]);
    assert.equal(service.type, 'NodePort');
    const behind = pods!.filter(({ services: by }) => by!.includes('demoservice'));
    assert.deepEqual(
      service.endpoints,
      behind.map(({ name, ips }) => ({ ip: ips[0], port: 80, pod: name, ready: true })),
    );
    assert.deepEqual(services!.find(({ name }) => name === 'headless')!.clusterIPs, ['None']);

    const volume = volumes!.find(({ pod: of, kind }) => of === 'myvolemptydir' && kind === 'emptyDir')!;
    assert.deepEqual(Object.keys(volume), ['namespace', 'pod', 'name', 'kind', 'source', 'mounts']);
    assert.deepEqual(
      volume.mounts.map(({ container, path: at, readOnly, subPath }) => [container, at, readOnly, subPath]),
      [
        ['c1', '/tmp/xchange', false, ''],
        ['c2', '/tmp/data', false, ''],
      ],
    );
  });

  it('reads the namespaces asked for, all of them with -A, the context’s own otherwise', async () => {
    const namespaces = (list: ListJson): string[] => [
      ...new Set(list.pods!.map(({ namespace }) => namespace)),
    ];
    assert.deepEqual(namespaces(await listed()), ['default']);
    assert.deepEqual(namespaces(await listed('-n', 'kube-system')), ['kube-system']);
    assert.deepEqual(namespaces(await listed('-n', 'kube-system,default')), ['default', 'kube-system']);
    assert.ok(namespaces(await listed('-A')).length >= 2);
  });

  it('prints tables for people, and says that the lab is simulated', async () => {
    const { code, out, err } = await podnet(['--kubeconfig', lab.kubeconfig, 'list']);
    assert.equal(code, 0);
    assert.match(out, /^testpod1 +1\/1 +Running/m);
    assert.match(err, /practice lab, a simulated cluster/);
  });

  it('never shows a failure as an empty list', async () => {
    const unknown = await podnet(['list', '-n', 'nosuch', '-o', 'json', '--kubeconfig', lab.kubeconfig]);
    assert.deepEqual([unknown.code, unknown.out], [2, '']);
    assert.match(unknown.err, /There is no namespace "nosuch".*default/);

    const context = await podnet(['list', '--context', 'nope', '--kubeconfig', lab.kubeconfig]);
    assert.deepEqual([context.code, context.out], [2, '']);
    assert.match(context.err, /no context "nope".*It has: /);

    const none = await podnet(['list', '--kubeconfig', path.join(folder, 'missing')]);
    assert.deepEqual([none.code, none.out], [2, '']);
    assert.match(none.err, /no kubeconfig/i);

    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const unreachable = await podnet(['list', '--timeout', '5', '--kubeconfig', elsewhere(port)]);
    assert.deepEqual([unreachable.code, unreachable.out], [2, '']);
    assert.match(unreachable.err, new RegExp(`127\\.0\\.0\\.1:${port}`));
  });

  it('gives up on a server that never answers, and ends', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    try {
      const { port } = silent.address() as AddressInfo;
      const { code, out, err } = await podnet(['list', '--timeout', '1', '--kubeconfig', elsewhere(port)]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /was not read within 1 s/);
    } finally {
      silent.close();
    }
  });

  it('ends quietly when its reader goes away', async () => {
    const child = start(['list', '-A', '-o', 'json', '--kubeconfig', lab.kubeconfig]);
    child.stdout?.destroy();
    const { err } = await ended(child);
    assert.equal(err.replace(/^podnet: this is the practice lab.*\n/, ''), '');
  });

  /** The lab's kubeconfig with another server. */
  function elsewhere(port: number): string {
    const file = path.join(folder, `to-${port}`);
    const text = readFileSync(lab.kubeconfig, 'utf8');
    writeFileSync(file, text.replace(/https:\/\/127\.0\.0\.1:\d+/, `https://127.0.0.1:${port}`), {
      mode: 0o600,
    });
    return file;
  }

  it('shows a user of one namespace that one, and says what is missing', async () => {
    const restricted = await LabProcess.start('--with-viewer');
    try {
      const args = ['list', '-A', '-o', 'json', '--context', 'podnet-lab-viewer'];
      const { code, out, err } = await podnet(args, { KUBECONFIG: restricted.kubeconfig });
      assert.equal(code, 2);
      const { pods, services } = JSON.parse(out) as ListJson;
      assert.ok(pods!.some(({ name }) => name === 'testpod1'));
      assert.ok([...pods!, ...services!].every(({ namespace }) => namespace === 'default'));
      for (const kind of ['pods', 'services', 'endpoint slices']) {
        assert.match(err, new RegExp(`the ${kind} could be read in default only: .* is forbidden`));
      }
    } finally {
      await restricted.stop();
    }
  });
});
