import assert from 'node:assert/strict';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { countOf } from '../../../src/ui/explain/look.ts';
import { pod } from './build.ts';

const record = (url: string): CheckRecord => ({
  from: 'outside',
  to: url,
  url,
  tool: 'podnet',
  verdict: 'timeout',
  reason: 'no-reply',
  detail: '',
  httpStatus: null,
  timingsMs: { dns: null, connect: null, tls: null, total: null },
  remoteIp: null,
  exitCode: null,
  command: [],
  output: '',
  summary: '',
  startedAt: '2026-01-01T00:00:00Z',
});

describe('the number of probes of an explained connection', () => {
  it('has every answer once, those from outside and the one about the certificate too', () => {
    const asked = record('http://a/');
    const destination = { pod: pod('a'), port: 80 };
    const count = countOf({
      asked,
      inside: record('http://b/'),
      clusterIp: record('http://c/'),
      certificate: { accepted: true, detail: '', command: [] },
      podIps: [
        { destination, record: asked },
        { destination, record: record('http://d/') },
      ],
      localhosts: [{ destination, record: record('http://localhost/') }],
      listeners: new Map([['default/a', []]]),
    });
    assert.equal(count, 7);
  });

  it('is none where nothing was tried', () => {
    assert.equal(countOf({ podIps: [], localhosts: [], listeners: new Map() }), 0);
  });
});
