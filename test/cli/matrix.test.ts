import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { MatrixTable } from '../../src/probe/matrix/export.ts';
import type { CheckRecord } from '../../src/probe/check.ts';
import { podnet, startLab, type RunningLab } from './podnet.ts';

describe('podnet matrix', () => {
  let lab: RunningLab;
  before(async () => {
    lab = await startLab();
  });
  after(() => lab.stop());
  const matrix = (...args: string[]) =>
    podnet(['matrix', '--kubeconfig', lab.kubeconfig, '--connect-timeout', '1', '--max-time', '2', ...args]);

  it('asks every source about every target, and gives records and a table', async () => {
    const { code, out, err } = await matrix(
      '-o',
      'json',
      '--from',
      '',
      '--to',
      'svc',
      '--to',
      'http://10.244.1.250/',
    );
    assert.equal(code, 1, err);
    const { records, table } = JSON.parse(out) as { records: CheckRecord[]; table: MatrixTable };
    assert.equal(records.length, table.from.length * table.to.length);
    const verdict = (from: string, to: string): string | null | undefined =>
      table.verdicts[table.from.findIndex((f) => f.startsWith(`pod/default/${from}:`))]![
        table.to.indexOf(to)
      ];
    for (const source of ['testpod1', 'testpod2', 'testipod', 'myvolemptydir']) {
      assert.equal(verdict(source, 'svc/default/demoservice:80'), 'reachable', source);
      assert.equal(verdict(source, 'svc/default/headless:80'), 'reachable', source);
      assert.equal(verdict(source, 'http://10.244.1.250/'), 'timeout', source);
    }
    assert.equal(verdict('distroless', 'svc/default/demoservice:80'), 'inconclusive');
    const tools = new Set(records.map(({ tool }) => tool));
    for (const tool of ['curl', 'bash', 'none'] as const) assert.ok(tools.has(tool), tool);
    for (const { command, url, tool } of records) if (tool === 'curl') assert.equal(command.at(-1), url);
  });

  it('prints a table for people', async () => {
    const { code, out } = await matrix(
      '--from',
      'name=deployment',
      '--to',
      'pod/default/testpod1',
      '--to',
      'pod/testpod2:81',
    );
    assert.equal(code, 1);
    assert.match(out, /^ {3}1 {2}pod\/default\/testpod1:80$/m);
    assert.match(out, /^pod\/default\/mydeployments-\S+ +ok 200 +refused$/m);
    assert.match(out, /1 of 2 reachable, 1 not\.\n$/);
  });

  it('answers 2 where a selector selects nothing', async () => {
    const { code, out, err } = await matrix('--from', 'app=nope', '--to', 'svc');
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /--from "app=nope" selects no pod that runs/);
  });
});
