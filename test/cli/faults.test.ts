import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { createClient, Kubeconfigs } from '../../src/cluster/index.ts';
import { apiFaults } from '../../src/lab/faults/all.ts';
import { podnet, startLab, type RunningLab } from './podnet.ts';

describe('podnet and a cluster whose API fails', () => {
  let lab: RunningLab;
  let kubeconfigs: Kubeconfigs;
  before(async () => {
    lab = await startLab(['--faults', 'server-error', '--faults', 'slow-pages:0.5:7']);
    kubeconfigs = new Kubeconfigs({ file: lab.kubeconfig });
  });
  after(async () => {
    kubeconfigs.dispose();
    await lab.stop();
  });

  async function ask(method: 'GET' | 'PUT', spec?: string): Promise<unknown> {
    const contexts = await kubeconfigs.read();
    assert.equal(contexts.is, 'read');
    const [context] = contexts.contexts;
    assert.ok(context);
    const client = createClient(kubeconfigs, context);
    try {
      const request = { method, path: '/podnet-lab/faults', ...(spec !== undefined && { body: spec }) };
      return (await client.json({ ...request, signal: AbortSignal.timeout(5_000) })).faults;
    } finally {
      client.dispose();
    }
  }

  it('lists the faults, each with a sentence, and refuses what there is not', async () => {
    const { code, out } = await podnet(['lab', '--faults', 'list']);
    assert.equal(code, 0);
    for (const { name, about } of apiFaults) assert.ok(out.includes(name) && out.includes(about), name);
    const docs = readFileSync(new URL('../../docs/podnet.md', import.meta.url), 'utf8');
    for (const { name } of apiFaults) assert.ok(docs.includes(`\`${name}\``), `docs/podnet.md lacks ${name}`);
    for (const spec of ['nonsense', 'reset:2', 'reset:0.5:x']) {
      const refused = await podnet(['lab', '--faults', spec]);
      assert.deepEqual([refused.code, refused.out], [2, ''], spec);
      assert.match(refused.err, /^lab: (there is no fault|a fault)/m);
    }
  });

  it('starts with the faults of the command line, and changes them while it runs', async () => {
    assert.equal(await ask('GET'), 'server-error,slow-pages:0.5:7');
    assert.equal(await ask('PUT', 'reset:0.1:3'), 'reset:0.1:3');
    await assert.rejects(ask('PUT', 'nonsense'), /there is no fault "nonsense"/);
    assert.equal(await ask('GET'), 'reset:0.1:3');
    assert.equal(await ask('PUT', 'none'), 'none');
  });

  /** What `podnet list` says where it cannot say what is there. */
  const said: readonly (readonly [fault: string, words: RegExp])[] = [
    ['server-error', /etcdserver: request timed out/],
    ['too-many-requests', /was not read within 3 s/],
    ['unauthorised', /Unauthorized[^]*Sign in again/],
    ['forbidden', /is forbidden: User "podnet-lab-admin" cannot list/],
    ['cut-short', /the connection was closed in the middle|cannot be read: .*breaks off/],
    ['malformed', /The cluster's answer cannot be read: /],
    ['no-answer', /was not read within 3 s/],
    ['reset', /the connection was closed in the middle/],
    ['stalled-watch,server-error', /etcdserver: request timed out/],
  ];
  for (const [fault, words] of said) {
    it(`exits with 2 under ${fault}, says why, and prints no list`, async () => {
      await ask('PUT', fault);
      try {
        const args = ['list', '--timeout', fault === 'no-answer' || fault.startsWith('too') ? '3' : '20'];
        const { code, out, err } = await podnet([...args, '--kubeconfig', lab.kubeconfig]);
        assert.deepEqual([code, out], [2, ''], err);
        assert.match(err, words);
      } finally {
        await ask('PUT', 'none');
      }
    }).timeout(40_000);
  }

  it('bears what a client can bear, and lists as ever', async () => {
    const list = async () => podnet(['list', '-A', '-o', 'json', '--kubeconfig', lab.kubeconfig]);
    const names = ({ out }: { out: string }): unknown =>
      (JSON.parse(out) as { pods: { name: string }[] }).pods.map(({ name }) => name);
    await ask('PUT', 'none');
    const healthy = await list();
    assert.equal(healthy.code, 0, healthy.err);
    for (const fault of [
      'slow-pages',
      'watch-gone:0.5:5',
      'repeated-events',
      'stalled-watch',
      'reset:0.2:11',
    ]) {
      await ask('PUT', fault);
      const disturbed = await list();
      assert.equal(disturbed.code, 0, `${fault}: ${disturbed.err}`);
      assert.deepEqual(names(disturbed), names(healthy), fault);
    }
    await ask('PUT', 'none');
  }).timeout(60_000);
});
