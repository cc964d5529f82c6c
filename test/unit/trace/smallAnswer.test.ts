import assert from 'node:assert/strict';
import type { CheckRecord, Verdict } from '../../../src/probe/check.ts';
import { lookAt } from '../../../src/trace/look.ts';
import { resolveQuestion } from '../../../src/trace/question.ts';
import type { SmallAnswer } from '../../../src/trace/smallAnswerProbe.ts';
import { explain } from '../../../src/trace/trace.ts';
import type { Finding } from '../../../src/trace/types.ts';
import { pod, worldOf } from '../reach/build.ts';

const world = worldOf(
  pod('client', { ip: '10.0.0.1', spec: 'nodeName: n1' }) +
    pod('web', { ip: '10.0.1.1', spec: 'nodeName: n2' }),
);
const record = (verdict: Verdict): CheckRecord => ({
  from: 'pod/default/client:main',
  to: 'pod/default/web:80',
  url: 'http://10.0.1.1:80/',
  tool: 'curl',
  verdict,
  reason: verdict === 'reachable' ? 'http-answer' : 'silent',
  detail: '',
  httpStatus: verdict === 'reachable' ? 200 : null,
  timingsMs: { dns: 0, connect: 1, tls: null, total: 5_000 },
  remoteIp: '10.0.1.1',
  exitCode: verdict === 'reachable' ? 0 : 28,
  command: ['curl'],
  output: '',
  summary: verdict,
  startedAt: '2026-01-01T00:00:00Z',
});

function mtu(small: SmallAnswer | undefined): Finding | undefined {
  const question = resolveQuestion(world, 'pod/default/client', 'pod/default/web:80');
  const [destination] = lookAt(world, question).destinations;
  assert.ok(destination);
  const asked = record('no-answer');
  const probes = {
    asked,
    podIps: [{ destination, record: asked }],
    localhosts: [{ destination, record: record('reachable') }],
    listeners: new Map(),
    ...(small && { small }),
  };
  return explain(lookAt(world, question, probes)).causes.find(({ id }) => id === 'mtu');
}

describe('an answer that hangs on the way between nodes', () => {
  it('is a matter of size where a small one arrives', () => {
    const found = mtu({ arrived: true, line: 'HTTP/1.1 200 OK', command: [] });
    assert.match(found?.summary ?? '', /small answers of it arrive and larger ones hang/);
    assert.ok(found?.evidence.some(({ text }) => text.includes('HTTP/1.1 200 OK')));
  });

  it('is none where a small one hangs as well', () => {
    assert.equal(mtu({ arrived: false, line: '', command: [] }), undefined);
  });

  it('may be one where a small one cannot be asked for, and no more is said', () => {
    const found = mtu(undefined);
    assert.equal(found?.certainty, 'possible');
    assert.match(found.summary, /as when large packets are dropped/);
    assert.ok(!found.evidence.some(({ text }) => text.includes('HEAD')));
  });
});
