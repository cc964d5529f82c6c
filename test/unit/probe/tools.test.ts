import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { planUrl } from '../../../src/probe/planUrl.ts';
import { verdictOf } from '../../../src/probe/reason.ts';
import { resolver } from '../../../src/probe/tools/resolver.ts';
import { udpLadder } from '../../../src/probe/tools/udp.ts';

const conf = [
  'KD|conf|search default.svc.cluster.local svc.cluster.local cluster.local',
  'KD|conf|nameserver 10.96.0.10',
  'KD|conf|options ndots:5',
];
const said = (tool: string, code: number, ...lines: string[]): readonly string[] => [
  `KD|begin|${tool}|${code}`,
  ...lines,
  'KD|end',
];
const lookUp = (name: string, ...parts: (readonly string[])[]) =>
  resolver.read(
    { exitCode: 0, stdout: [...conf, ...parts.flat(), 'KDEND', ''].join('\n'), stderr: '' },
    planUrl(`dns://${name}`).targets[0]!,
  );

describe('The resolver', () => {
  it('reads getent: every address once, and the full name', () => {
    const { reason, lookup, remoteIp } = lookUp(
      'web',
      said(
        'getent',
        0,
        '10.96.0.1       STREAM web.default.svc.cluster.local',
        '10.96.0.1       DGRAM  ',
        '10.96.0.1       RAW    ',
        'fd00::1         STREAM ',
      ),
    );
    assert.equal(reason, 'name-resolved');
    assert.equal(remoteIp, '10.96.0.1');
    assert.deepEqual(lookup, {
      name: 'web',
      resolvedAs: 'web.default.svc.cluster.local',
      addresses: ['10.96.0.1', 'fd00::1'],
      resolvers: ['10.96.0.10'],
      search: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      ndots: 5,
      expansions: ['web.default.svc.cluster.local', 'web.svc.cluster.local', 'web.cluster.local', 'web'],
    });
  });

  it('reads the nslookup of bind and of BusyBox, and never takes the server for the answer', () => {
    const bind = lookUp(
      'web',
      said(
        'nslookup',
        0,
        'Server:\t\t10.96.0.10',
        'Address:\t10.96.0.10#53',
        '',
        'Name:\tweb.default.svc.cluster.local',
        'Address: 10.96.0.1',
      ),
    );
    assert.deepEqual([bind.reason, bind.lookup?.addresses], ['name-resolved', ['10.96.0.1']]);
    const busybox = lookUp(
      'nope',
      said(
        'nslookup',
        1,
        'Server:\t\t10.96.0.10',
        'Address:\t10.96.0.10:53',
        '',
        "** server can't find nope: NXDOMAIN",
      ),
    );
    assert.deepEqual([busybox.reason, busybox.lookup?.addresses], ['name-unknown', []]);
    // BusyBox can end with 0 although the name is unknown: its text counts.
    const lies = lookUp(
      'nope',
      said(
        'nslookup',
        0,
        'Server:\t10.96.0.10',
        'Address:\t10.96.0.10:53',
        '',
        "** server can't find nope: NXDOMAIN",
      ),
    );
    assert.equal(lies.reason, 'name-unknown');
  });

  it('tells an unknown name from a server that fails, is silent or is not known', () => {
    const reasons = [
      lookUp('x', said('getent', 2), said('nslookup', 1, "** server can't find x: SERVFAIL")),
      lookUp(
        'x',
        said('getent', 2),
        said('nslookup', 1, ';; connection timed out; no servers could be reached'),
      ),
      lookUp('x', said('getent', 124)),
      lookUp('x', said('getent', 2)),
      lookUp('x'),
    ].map(({ reason }) => reason);
    assert.deepEqual(reasons, [
      'name-server-failed',
      'name-timeout',
      'name-timeout',
      'name-not-resolved',
      'no-resolver',
    ]);
  });

  it('asks a name with enough dots as it is first, and one with a last dot only so', () => {
    assert.equal(lookUp('a.b.c.d.e.f').lookup?.expansions[0], 'a.b.c.d.e.f');
    assert.deepEqual(lookUp('web.').lookup?.expansions, ['web.']);
  });
});

describe('UDP', () => {
  const target = planUrl('udp://10.96.0.10:53').targets[0]!;

  it('is reachable only by an answer, refused by the word of the kernel, and silence is not known', () => {
    for (const probe of udpLadder) {
      const reason = (exitCode: number, stdout: string, stderr = '') =>
        probe.read({ exitCode, stdout, stderr }, target).reason;
      assert.equal(reason(0, 'answer 1\n'), 'udp-answer', probe.tool);
      assert.equal(reason(0, 'answer 0\n', 'head: read: Connection refused\n'), 'refused', probe.tool);
      assert.equal(reason(0, 'answer 0\n'), 'udp-silent', probe.tool);
      assert.equal(reason(124, ''), 'udp-silent', probe.tool);
      assert.equal(reason(0, ''), 'no-output', probe.tool);
    }
  });
});

describe('The readings of names and UDP', () => {
  it('never call garbage reachable', () => {
    const garbage = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/answer|KD/.test(text));
    const probes = [resolver, ...udpLadder];
    const target = planUrl('udp://10.96.0.10:53').targets[0]!;
    fc.assert(
      fc.property(
        fc.constantFrom(...probes),
        fc.integer({ min: 0, max: 255 }),
        garbage,
        garbage,
        (probe, exitCode, stdout, stderr) => {
          const { reason } = probe.read({ exitCode, stdout, stderr }, target);
          assert.notEqual(verdictOf[reason], 'reachable', reason);
        },
      ),
    );
  });
});
