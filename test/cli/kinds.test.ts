import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { CheckRecord } from '../../src/probe/check.ts';
import { ended, podnet, start, startLab, type RunningLab } from './podnet.ts';

describe('podnet check, in every way', () => {
  let lab: RunningLab;
  let folder: string;
  before(async () => {
    lab = await startLab();
    folder = await mkdtemp(path.join(tmpdir(), 'podnet-kinds-'));
  });
  after(async () => {
    await lab.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (verb: string, ...args: string[]) => {
    const limits = verb === 'volume' ? [] : ['--connect-timeout', '1', '--max-time', '4'];
    const { code, out, err } = await podnet([
      verb,
      '-o',
      'json',
      '--kubeconfig',
      lab.kubeconfig,
      ...limits,
      ...args,
    ]);
    return { code, err, records: out.startsWith('[') ? (JSON.parse(out) as CheckRecord[]) : [] };
  };
  const from = 'pod/default/testpod1';

  it('asks a service by its names, its endpoints, its node ports', async () => {
    for (const [by, hosts] of [
      ['short', ['demoservice']],
      ['full', ['demoservice.default.svc.cluster.local']],
      ['node-port', ['172.30.0.11', '172.30.0.12']],
    ] as const) {
      const { code, records, err } = await run('check', from, 'svc/demoservice', '--by', by);
      assert.equal(code, 0, err);
      assert.deepEqual(
        records.map(({ url }) => new URL(url).hostname),
        hosts,
        by,
      );
    }
    const { code, records } = await run('check', from, 'svc/demoservice', '--each-endpoint');
    assert.equal(code, 0);
    assert.match(records[0]!.to, /^pod\/default\/mydeployments-/);
    assert.deepEqual(records[0]!.way?.fromNode, 'node1');
  });

  it('asks from outside: node ports answer, cluster IPs do not', async () => {
    const { code, records, err } = await run('check', 'outside', 'svc/demoservice', '--by', 'node-port');
    assert.equal(code, 0, err);
    assert.deepEqual(
      records.map(({ from: place, to, httpStatus, command }) => [place, to, httpStatus, command]),
      ['node/node1:31412', 'node/node2:31412'].map((to) => ['outside', to, 200, []]),
    );
    assert.equal((await run('check', 'outside', 'svc/demoservice')).records[0]?.verdict, 'timeout');
  });

  it('looks names up, with the search list', async () => {
    const { code, records } = await run('dns', from, 'demoservice', 'nope');
    assert.equal(code, 1);
    const [known, unknown] = records;
    assert.deepEqual(
      [known!.to, known!.reason, known!.lookup?.addresses],
      ['dns:demoservice', 'name-resolved', ['10.96.4.5']],
    );
    assert.equal(known!.lookup?.resolvedAs, 'demoservice.default.svc.cluster.local');
    assert.deepEqual(known!.lookup.resolvers, ['10.96.0.10']);
    assert.equal(unknown!.verdict, 'dns-failed');
    assert.equal(unknown!.lookup?.expansions[0], 'nope.default.svc.cluster.local');
  });

  it('asks over UDP, as far as that can be told', async () => {
    const { code, records } = await run('check', from, 'svc/kube-system/kube-dns', '--udp');
    assert.deepEqual([code, records[0]?.reason], [0, 'udp-answer']);
    const others = await run('check', from, 'udp://10.96.4.5:80', 'udp://10.244.1.250:9');
    assert.deepEqual(
      others.records.map(({ reason }) => reason),
      ['refused', 'udp-silent'],
    );
  });

  it('writes and reads a shared volume, only with --yes, and leaves nothing behind', async () => {
    const asked = await run('volume', 'pod/default/myvolemptydir', 'xchange');
    assert.equal(asked.code, 2);
    assert.match(asked.err, /writes the file \/tmp\/xchange\/\.podnet-.* in pod\/default\/myvolemptydir:c1/);
    assert.match(asked.err, /nothing was done/);
    const { code, records } = await run('volume', 'pod/default/myvolemptydir', 'xchange', '--yes');
    assert.equal(code, 0);
    assert.deepEqual(
      records.map(({ reason, from: at }) => [reason, at]),
      [['marker-read', 'pod/default/myvolemptydir:c2']],
    );
  });

  it('lets nothing stand in unasked; then an ephemeral container, which serves again', async () => {
    const to = 'svc/default/demoservice';
    const source = 'pod/default/distroless';
    assert.equal((await run('check', source, to)).code, 2);
    const { code, records, err } = await run('check', source, to, 'dns:demoservice', '--allow', 'ephemeral');
    assert.equal(code, 0, err);
    assert.match(err, /A container with the image curlimages\/curl:\S+ is added to pod distroless/);
    assert.match(err, /cannot be removed/);
    for (const record of records) {
      assert.equal(record.from, 'pod/default/distroless:app');
      assert.match(record.ranIn ?? '', /^pod\/default\/distroless:podnet-/);
      assert.match(record.via ?? '', /ephemeral container/);
    }
    const again = await run('check', source, to, '--allow', 'ephemeral');
    assert.equal(again.records[0]?.ranIn, records[0]?.ranIn);
    assert.equal(again.err.includes('is added'), false);
  });

  it('changes nothing where the source is not there', async () => {
    const { code, err } = await run(
      ...(['check', 'pod/shop/nosuch', 'svc/shop/backend', '--allow', 'client-pod'] as const),
    );
    assert.deepEqual([code, err.includes('no pod nosuch')], [2, true]);
  });

  it('makes the checks of a podnet.yaml, and writes JUnit', async () => {
    const file = path.join(folder, 'podnet.yaml');
    await writeFile(
      file,
      [
        'checks:',
        '  - name: the frontend reaches the backend',
        '    from: { namespace: shop, selector: app=frontend }',
        '    to: svc/shop/backend',
        '    by: short',
        '    status: 200',
        '  - name: nobody else does',
        `    from: ${from}`,
        '    to: svc/shop/backend',
        '    expect: blocked',
        '    timeout: 1',
        '',
      ].join('\n'),
    );
    const junit = path.join(folder, 'junit.xml');
    const args = ['matrix', '--kubeconfig', lab.kubeconfig, '--expect', file, '--junit', junit];
    const good = await podnet(args);
    assert.equal(good.code, 0, good.out + good.err);
    assert.match(good.out, /2 of 2 as expected/);
    assert.match(await readFile(junit, 'utf8'), /tests="2" failures="0" errors="0"/);
    await writeFile(file, (await readFile(file, 'utf8')).replace('expect: blocked', 'expect: reachable'));
    const bad = await podnet(args);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /^FAILED {2}nobody else does/m);
    assert.match(await readFile(junit, 'utf8'), /<failure message="expected reachable: timeout/);
    await writeFile(file, 'checks:\n  - from: pod/a/b\n');
    const wrong = await podnet(args);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /podnet\.yaml:2:5: The check needs "to"/);
  });

  it('says what broke and what was mended since an earlier run', async () => {
    const args = [
      'matrix',
      '--kubeconfig',
      lab.kubeconfig,
      '--from',
      'name=deployment',
      '--to',
      'pod/testpod1',
    ];
    const first = await podnet([...args, '-o', 'json']);
    assert.equal(first.code, 0, first.err);
    const file = path.join(folder, 'before.json');
    await writeFile(file, first.out.replace('"reachable"', '"refused"'));
    const csv = path.join(folder, 'run.csv');
    const { code, out } = await podnet([...args, '--compare', file, '--csv', csv]);
    assert.equal(code, 0);
    assert.match(
      out,
      /These 1 were mended:\n {2}pod\/default\/mydeployments-\S+ → pod\/default\/testpod1:80: refused \(HTTP 200\), now reachable/,
    );
    assert.match(await readFile(csv, 'utf8'), /^from,to,url,verdict,/);
  });
});

describe('podnet check with a client pod', () => {
  let lab: RunningLab;
  before(async () => {
    lab = await startLab();
  });
  after(() => lab.stop());

  it('starts one on the node of the source, says what that means, and deletes it', async () => {
    const options = ['--kubeconfig', lab.kubeconfig];
    const { code, out, err } = await podnet([
      ...['check', '-o', 'json', ...options, 'pod/default/distroless', 'svc/default/demoservice'],
      ...['--allow', 'client-pod'],
    ]);
    assert.equal(code, 0, err);
    const [record] = JSON.parse(out) as [CheckRecord];
    assert.match(record.ranIn ?? '', /^pod\/default\/podnet-client-/);
    assert.match(record.via ?? '', /lacks the labels of pod distroless/);
    assert.match(err, /It is deleted when the check is over/);
    const list = await podnet(['list', '-o', 'json', ...options]);
    assert.equal(list.out.includes('podnet-client-'), false);
  });

  it('deletes it after Ctrl-C as well', async () => {
    const options = ['--kubeconfig', lab.kubeconfig];
    const child = start([
      ...['check', ...options, 'pod/default/distroless', 'http://10.244.1.250/', '--allow', 'client-pod'],
      ...['--connect-timeout', '600', '--max-time', '600'],
    ]);
    const end = ended(child);
    const clients = async (): Promise<readonly string[]> => {
      const { out } = await podnet(['list', '-o', 'json', ...options]);
      const { pods } = JSON.parse(out) as { pods: readonly { name: string; phase: string }[] };
      return pods.flatMap(({ name, phase }) => (name.startsWith('podnet-client-') ? [phase] : []));
    };
    // The test's own time-out ends the wait.
    while (!(await clients()).includes('Running')) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    const { code, err } = await end;
    assert.deepEqual([code, err.includes('interrupted')], [2, true], err);
    assert.deepEqual(await clients(), []);
  });

  it('installs nothing where a tool is there already', async () => {
    const { code, out, err } = await podnet([
      ...['check', '-o', 'json', '--kubeconfig', lab.kubeconfig, 'pod/default/testpod2'],
      ...['dns:demoservice', 'svc/default/demoservice', '--allow', 'install'],
    ]);
    assert.equal(code, 0, err);
    // httpd has bash: nothing was missing, so nothing was installed.
    assert.equal(
      (JSON.parse(out) as CheckRecord[]).some(({ via }) => via !== undefined),
      false,
    );
    assert.equal(err.includes('installs curl'), false);
  });
});
