import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Reason } from '../../../src/probe/reason.ts';
import { probes, targetOf, transcripts } from './support.ts';

/** What each scenario is, whoever asks; `others` are the tools that tell less. */
const expected: Readonly<Record<string, readonly [Reason, Readonly<Record<string, Reason>>?]>> = {
  'http-200': ['http-answer'],
  'http-200-by-name': ['http-answer'],
  'http-200-ipv6': ['http-answer'],
  'http-404': ['http-error-status'],
  'http-302': ['http-answer'],
  refused: ['refused', { curl: 'could-not-connect' }],
  'refused-by-name': ['refused', { curl: 'could-not-connect' }],
  silent: ['silent', { 'busybox-wget': 'no-reply-or-silent' }],
  empty: ['closed-without-answer'],
  reset: ['reset'],
  banner: ['not-http'],
  // Our scripts read the first line only.
  unfinished: [
    'http-unfinished',
    { perl: 'http-answer', python3: 'http-answer', bash: 'http-answer', 'bash-no-timeout': 'http-answer' },
  ],
  // This BusyBox knows no cipher the server accepts.
  'https-200': ['http-answer', { 'busybox-wget': 'tls-failed' }],
  'https-to-plain': ['tls-failed'],
  'https-to-silent': ['silent', { wget: 'tls-failed' }],
  'http-to-tls': ['reset'],
  dropped: ['no-reply', { 'busybox-wget': 'no-reply-or-silent' }],
  'no-route': ['unreachable', { curl: 'could-not-connect' }],
  prohibited: ['unreachable', { curl: 'could-not-connect' }],
  'no-route-ipv6': ['unreachable', { curl: 'could-not-connect' }],
  'name-unknown': [
    'name-unknown',
    { curl: 'name-not-resolved', 'curl-verbose': 'name-not-resolved', 'busybox-wget': 'name-not-resolved' },
  ],
  'name-server-fails': [
    'name-server-failed',
    { curl: 'name-not-resolved', 'curl-verbose': 'name-not-resolved', 'busybox-wget': 'name-not-resolved' },
  ],
  'name-server-silent': [
    'name-timeout',
    { bash: 'no-reply-or-silent', 'bash-no-timeout': 'no-reply-or-silent' },
  ],
  'tcp-open': ['tcp-open'],
  'tcp-silent': ['tcp-open', { 'busybox-wget': 'no-reply-or-silent' }],
  'tcp-empty': ['tcp-open'],
  'tcp-banner': ['tcp-open'],
  'tcp-refused': ['refused', { curl: 'could-not-connect' }],
  'tcp-dropped': ['no-reply', { 'busybox-wget': 'no-reply-or-silent' }],
};

/** bash and perl-base have no TLS: of an HTTPS port they only tell that it is open. */
const withoutTls: ReadonlySet<string> = new Set(['bash', 'bash-no-timeout', 'perl']);

function reasonFor(tool: string, scenario: string): Reason {
  const [usual, others = {}] = expected[scenario]!;
  if (withoutTls.has(tool) && scenario.startsWith('https')) return 'tcp-open';
  return others[tool] ?? usual;
}

describe('what real tools answered', () => {
  for (const transcript of transcripts().filter(({ tool }) => tool !== 'busybox-nc')) {
    const { tool, version, scenario, url } = transcript;
    it(`${version} as ${tool}: ${scenario}`, () => {
      const reading = probes[tool]!.read(transcript, targetOf(url));
      assert.equal(reading.reason, reasonFor(tool, scenario), reading.detail);
      if (tool === 'wget' || tool === 'busybox-wget') assert.equal(reading.tool, tool);
    });
  }

  it('tells the status, the times and the address where the tool does', () => {
    const of = (tool: string, scenario: string) => {
      const transcript = transcripts().find((t) => t.tool === tool && t.scenario === scenario)!;
      return probes[tool]!.read(transcript, targetOf(transcript.url));
    };
    for (const tool of ['curl', 'wget', 'busybox-wget', 'bash', 'bash-no-timeout', 'perl', 'python3']) {
      assert.equal(of(tool, 'http-404').httpStatus, 404, tool);
      assert.equal(of(tool, 'http-302').httpStatus, 302, tool);
      assert.equal(of(tool, 'refused').httpStatus, null, tool);
      if (tool.startsWith('bash')) continue;
      assert.equal(of(tool, 'http-200-by-name').remoteIp, '127.0.0.1', tool);
      assert.equal(of(tool, 'http-200-ipv6').remoteIp, '::1', tool);
      assert.equal(of(tool, 'refused').remoteIp, null, tool);
    }
    for (const tool of ['curl', 'perl', 'python3']) {
      const { dns, connect, total } = of(tool, 'http-200-by-name').timingsMs;
      assert.ok(dns! > 0 && dns! <= connect! && connect! <= total! && total! < 1_000, tool);
    }
    assert.ok(of('curl', 'https-200').timingsMs.tls! > 0);
    assert.equal(of('curl', 'dropped').timingsMs.connect, null);
  });

  it('names the line that decided', () => {
    const of = (tool: string, scenario: string): string => {
      const transcript = transcripts().find((t) => t.tool === tool && t.scenario === scenario)!;
      return probes[tool]!.read(transcript, targetOf(transcript.url)).detail;
    };
    assert.match(of('curl', 'refused'), /^curl: \(7\) Failed to connect/);
    assert.equal(of('wget', 'http-302'), 'HTTP/1.1 302 Found');
    assert.match(of('wget', 'refused'), /failed: Connection refused\.$/);
    assert.equal(of('busybox-wget', 'name-unknown'), "wget: bad address 'nosuch.lab:80'");
    assert.match(of('bash', 'name-unknown'), /nosuch\.lab: Name or service not known$/);
    assert.equal(of('perl', 'refused'), 'failed connect ECONNREFUSED Connection refused');
  });

  it('reads nc, the second look of BusyBox wget, as open or dropped', () => {
    const of = (scenario: string): Reason => {
      const transcript = transcripts().find((t) => t.tool === 'busybox-nc' && t.scenario === scenario)!;
      return probes['busybox-nc']!.read(transcript, targetOf(transcript.url)).reason;
    };
    assert.equal(of('silent'), 'silent');
    assert.equal(of('tcp-silent'), 'tcp-open');
    assert.equal(of('dropped'), 'no-reply');
    assert.equal(of('tcp-dropped'), 'no-reply');
    assert.equal(of('name-server-silent'), 'no-reply-or-silent');
  });
});
