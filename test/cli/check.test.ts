import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { ListJson } from '../../src/cli/list/asJson.ts';
import type { CheckRecord } from '../../src/probe/check.ts';
import { ended, podnet, start, startLab, type RunningLab } from './podnet.ts';

describe('podnet check', () => {
  let lab: RunningLab;
  let list: ListJson;
  before(async () => {
    lab = await startLab();
    const { out } = await podnet(['list', '-o', 'json', '--kubeconfig', lab.kubeconfig]);
    list = JSON.parse(out) as ListJson;
  });
  after(() => lab.stop());

  const check = async (
    ...args: string[]
  ): Promise<{ code: number | null; records: CheckRecord[]; err: string }> => {
    const { code, out, err } = await podnet(['check', '-o', 'json', '--kubeconfig', lab.kubeconfig, ...args]);
    return { code, records: out === '' ? [] : (JSON.parse(out) as CheckRecord[]), err };
  };
  const ipOf = (name: string): string => list.pods!.find((pod) => pod.name === name)!.ips[0]!;

  it('reaches a pod on the other node, and records all the evidence', async () => {
    const { code, records } = await check('pod/default/testpod1', 'pod/default/testpod2:80');
    assert.equal(code, 0);
    const [record] = records;
    const { timingsMs, command, output, startedAt, detail, ...rest } = record!;
    assert.deepEqual(rest, {
      from: 'pod/default/testpod1:c01',
      to: 'pod/default/testpod2:80',
      url: `http://${ipOf('testpod2')}:80/`,
      tool: 'curl',
      verdict: 'reachable',
      reason: 'http-answer',
      httpStatus: 200,
      remoteIp: ipOf('testpod2'),
      exitCode: 0,
      way: { is: 'across-nodes', fromNode: 'node1', toNode: 'node2' },
      summary: `http://${ipOf('testpod2')}:80/ answered with HTTP 200.`,
    });
    assert.ok(timingsMs.connect! > 0 && timingsMs.connect! <= timingsMs.total!);
    assert.deepEqual([command[0], command.at(-1)], ['curl', rest.url]);
    assert.ok(output.includes('200') && detail.startsWith('200 '));
    assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000);
  });

  it('tells refused, dropped and an unknown name apart', async () => {
    const { code, records } = await check(
      ...['pod/default/testpod1', 'pod/default/testpod2:81', 'http://nosuch.default.svc.cluster.local/'],
      ...['http://10.244.1.250:80/', '--connect-timeout', '1', '--max-time', '2'],
    );
    assert.equal(code, 1);
    assert.deepEqual(
      records.map(({ verdict, exitCode }) => [verdict, exitCode]),
      [
        ['refused', 7],
        ['dns-failed', 6],
        ['timeout', 28],
      ],
    );
  });

  it('reaches services by cluster IP, by name, without one, and each endpoint’s port', async () => {
    const byIp = await check('pod/testpod1', 'svc/demoservice', 'svc/default/headless:80');
    assert.deepEqual(
      byIp.records.map(({ to, verdict, httpStatus }) => [to, verdict, httpStatus]),
      [
        ['svc/default/demoservice:80', 'reachable', 200],
        ['svc/default/headless:80', 'reachable', 200],
      ],
    );
    const clusterIp = list.services!.find(({ name }) => name === 'demoservice')!.clusterIPs[0]!;
    assert.equal(byIp.records[0]!.url, `http://${clusterIp}:80/`);
    const byName = await check('pod/testpod1', 'svc/demoservice', '--by-name');
    assert.equal(byName.records[0]!.url, 'http://demoservice.default.svc:80/');
    assert.equal(byName.records[0]!.remoteIp, clusterIp);
    assert.equal(byName.code, 0);
  });

  it('reaches the other container of the same pod on localhost, by bash where there is no curl', async () => {
    const { code, records } = await check('pod/default/testipod:c00', 'localhost:80', 'localhost:81');
    assert.equal(code, 1);
    assert.deepEqual(
      records.map(({ tool, verdict }) => [tool, verdict]),
      [
        ['bash', 'reachable'],
        ['bash', 'refused'],
      ],
    );
  });

  it('goes down the ladder in the httpd image, which has no curl', async () => {
    const { code, records } = await check('pod/default/testpod2', 'pod/default/testpod1');
    assert.equal(code, 0);
    const [{ tool, to, httpStatus }] = records as [CheckRecord];
    assert.deepEqual([tool, to, httpStatus], ['bash', 'pod/default/testpod1:80', 200]);
    assert.ok(records[0]!.command.includes(ipOf('testpod1')));
  });

  it('says so where the container has no tool at all: exit code 2', async () => {
    const { code, records } = await check('pod/default/distroless', 'pod/default/testpod1:80');
    assert.equal(code, 2);
    assert.deepEqual([records[0]!.tool, records[0]!.verdict], ['none', 'inconclusive']);
    assert.match(records[0]!.summary, /looked for curl, wget, bash, perl and python3/);
    assert.match(records[0]!.output, /exec: "curl": executable file not found/);
  });

  it('answers 2 and runs nothing where a reference names nothing', async () => {
    for (const [args, says] of [
      [['pod/default/nosuch', 'pod/default/testpod1'], /no pod nosuch in namespace default.*testpod1/],
      [['pod/default/testpod1', 'pod/default/testpod2:80', 'svc/default/nosuch'], /no service nosuch/],
      [['pod/default/testpod1:nope', 'pod/default/testpod2'], /no container nope.*It has: c01/],
      [['testpod1', 'pod/default/testpod2'], /"testpod1" names nothing podnet knows/],
    ] as const) {
      const { code, records, err } = await check(...args);
      assert.deepEqual([code, records.length], [2, 0], args.join(' '));
      assert.match(err, says);
    }
  });

  it('prints for people what happened, and how to do it with kubectl', async () => {
    const { code, out } = await podnet([
      ...['check', '--kubeconfig', lab.kubeconfig, 'pod/testpod1', 'pod/testpod2', 'pod/testpod2:81'],
    ]);
    assert.equal(code, 1);
    assert.match(out, /^reachable \(HTTP 200\) {2}pod\/default\/testpod1:c01 → pod\/default\/testpod2:80\n/);
    assert.match(out, /^refused {2}pod\/default\/testpod1:c01 → pod\/default\/testpod2:81\n/m);
    assert.match(out, /^ {2}kubectl exec -n default testpod1 -c c01 -- curl .* http:\/\/10\.\S+:81\/$/m);
  });

  it('ends with Ctrl-C while a check waits', async () => {
    const child = start([
      ...['check', '--kubeconfig', lab.kubeconfig, '--connect-timeout', '600', '--max-time', '600'],
      ...['pod/testpod1', 'pod/testpod2', 'http://10.244.1.250/'],
    ]);
    // The first record is on the screen: the second check is running.
    child.stdout?.once('data', () => child.kill('SIGINT'));
    const { code, err } = await ended(child);
    assert.equal(code, 2);
    assert.match(err, /^podnet: interrupted$/m);
  });
});
