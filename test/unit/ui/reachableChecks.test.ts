import assert from 'node:assert/strict';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { cellKey, type MatrixRun } from '../../../src/probe/matrix/run.ts';
import { reachableChecks } from '../../../src/ui/checks/reachableChecks.ts';

function cell(to: string, url: string, more: Partial<CheckRecord> = {}): CheckRecord {
  return {
    from: 'pod/shop/client:main',
    to,
    url,
    tool: 'curl',
    verdict: 'reachable',
    reason: 'http-answer',
    detail: '',
    httpStatus: 200,
    timingsMs: { dns: null, connect: null, tls: null, total: null },
    remoteIp: null,
    exitCode: 0,
    command: [],
    output: '',
    summary: '',
    startedAt: '2026-01-01T00:00:00Z',
    ...more,
  };
}

function observed(...records: readonly CheckRecord[]): readonly string[] {
  const run: MatrixRun = {
    id: '1',
    title: 'shop',
    context: 'c',
    simulated: false,
    startedAt: '2026-01-01T00:00:00Z',
    state: 'done',
    from: [],
    to: [],
    planned: records.length,
    cells: new Map(records.map((record) => [cellKey(record.from, record.to), record])),
    notes: [],
  };
  return reachableChecks([], [run]).map(
    ({ context, from, target, targetPod }) =>
      `${context} ${from.namespace}/${from.pod} ${target.scheme} ${target.host} ${target.port} ${targetPod?.name ?? '-'}`,
  );
}

describe('what a matrix found reachable', () => {
  it('is known by its ends, its port and its protocol', () => {
    assert.deepEqual(
      observed(
        cell('pod/shop/web:8080', 'http://10.0.0.9:8080/'),
        cell('pod/shop/six', 'tcp://[fd00::9]:5432'),
        cell('svc/shop/names:53', 'udp://10.96.0.8:53'),
      ),
      [
        'c shop/client http 10.0.0.9 8080 web',
        'c shop/client tcp fd00::9 5432 six',
        'c shop/client udp 10.96.0.8 53 -',
      ],
    );
  });

  it('leaves out what did not answer, names, this machine, and pods that only stood in', () => {
    const web = 'http://10.0.0.9:8080/';
    assert.deepEqual(
      observed(
        cell('a', web, { verdict: 'timeout' }),
        cell('b', 'dns:web.shop'),
        cell('c', web, { from: 'outside' }),
        cell('d', web, { ranIn: 'pod/shop/podnet-client:main' }),
      ),
      [],
    );
    const ephemeral = cell('e', web, { ranIn: 'pod/shop/client:podnet-debug' });
    assert.equal(observed(ephemeral).length, 1);
  });
});
