import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ExplainedError } from '../../../src/base/errors.ts';
import { planMatrix } from '../../../src/probe/matrix/plan.ts';
import { parseSelector } from '../../../src/probe/matrix/selector.ts';
import { matrixText } from '../../../src/cli/matrix/table.ts';
import { matrixTable } from '../../../src/probe/matrix/export.ts';
import { record } from '../../../src/model/json.ts';
import { labelsMatch } from '../../../src/model/labelSelector.ts';
import type { AnyObject } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { recordOf } from '../../../src/probe/attempt.ts';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { planUrl } from '../../../src/probe/planUrl.ts';
import { reading } from '../../../src/probe/reading.ts';
import type { Reason } from '../../../src/probe/reason.ts';

const pod = (namespace: string, name: string, labels: object, ip: string, port?: number): AnyObject =>
  readers.Pod(
    record({
      metadata: { namespace, name, labels },
      spec: { containers: [{ name: 'c', ports: port === undefined ? [] : [{ containerPort: port }] }] },
      status: {
        phase: 'Running',
        podIP: ip,
        containerStatuses: [{ name: 'c', state: { running: {} } }],
      },
    }),
  );
const snapshot = Snapshot.of([
  pod('a', 'web-1', { app: 'web' }, '10.0.0.1', 80),
  pod('a', 'web-2', { app: 'web' }, '10.0.0.2', 80),
  pod('a', 'db', { app: 'db' }, '10.0.0.3', 5432),
  pod('b', 'web-3', { app: 'web' }, '10.0.0.4', 80),
  pod('a', 'job', { app: 'job' }, '10.0.0.5'),
  readers.Service(
    record({
      metadata: { namespace: 'a', name: 's' },
      spec: { clusterIP: '10.96.0.1', ports: [{ port: 80 }] },
    }),
  ),
]);
const inA = (namespace: string): boolean => namespace === 'a';
const plan = (from: string, ...to: string[]) => {
  const { rows, notes } = planMatrix(snapshot, inA, from, to, 'ip');
  return { pairs: rows.map(({ from: f, targets }) => [f.pod, targets.map(({ ref }) => ref)]), notes };
};

describe('parseSelector', () => {
  const labels = { app: 'web', env: 'prod' };
  for (const [text, matches] of [
    ['', true],
    ['app=web', true],
    ['app==web,env=prod', true],
    ['app=db', false],
    ['app!=db', true],
    ['tier!=db', true],
    ['env in (prod, test),app', true],
    ['env notin (prod)', false],
    ['!tier', true],
    ['!app', false],
    ['tier', false],
    ['example.com/part=x', false],
  ] as const) {
    it(`reads "${text}" as kubectl does`, () =>
      assert.equal(labelsMatch(parseSelector(text), labels), matches));
  }

  it('names what is no selector', () => {
    for (const text of ['app=', 'a b', '=web', 'app in prod', '!app=web', 'app=web;x']) {
      if (text === 'app=') continue; // an empty value is a value
      assert.throws(() => parseSelector(text), ExplainedError, text);
    }
    assert.deepEqual(parseSelector('app=').matchLabels, { app: '' });
  });
});

describe('planMatrix', () => {
  it('asks every selected pod about the others, on the ports they declare', () => {
    assert.deepEqual(plan('app=web', 'app=web').pairs, [
      ['web-1', ['pod/a/web-2:80']],
      ['web-2', ['pod/a/web-1:80']],
    ]);
    assert.deepEqual(plan('app=db', 'app=web', 'svc', 'http://example.com/').pairs, [
      ['db', ['pod/a/web-1:80', 'pod/a/web-2:80', 'svc/a/s:80', 'http://example.com/']],
    ]);
  });

  it('takes references in other namespaces as they are', () => {
    assert.deepEqual(plan('app=db', 'pod/b/web-3').pairs, [['db', ['pod/b/web-3:80']]]);
  });

  it('leaves out what cannot be asked, and says so', () => {
    const { pairs, notes } = plan('app=db', '');
    assert.deepEqual(pairs, [['db', ['pod/a/web-1:80', 'pod/a/web-2:80']]]);
    assert.deepEqual(notes, ['left out: Pod job in namespace a declares no TCP port.']);
  });

  it('names a selector that selects nothing', () => {
    for (const [from, to] of [
      ['app=nope', 'svc'],
      ['app=db', 'app=nope'],
    ] as const) {
      assert.throws(() => plan(from, to), { code: 'selects-nothing' });
    }
    assert.throws(() => plan('app=db', 'app=db'), { code: 'nothing-to-check' });
  });
});

describe('the matrix as a table', () => {
  const made = (from: string, url: string, reason: Reason, httpStatus: number | null = null): CheckRecord =>
    recordOf(
      { from: { namespace: 'a', pod: from, container: 'c' }, target: planUrl(url).targets[0]! },
      '2026-01-02T03:04:05Z',
      { reading: { ...reading('curl', reason, 'why'), httpStatus }, command: [], exitCode: 0, output: '' },
    );
  const records = [
    made('p', 'http://x/', 'http-answer', 200),
    made('p', 'http://y/', 'refused'),
    made('q', 'http://x/', 'no-tool'),
    made('q', 'http://z/', 'no-tool'),
  ];

  it('has null where nothing was asked', () => {
    assert.deepEqual(matrixTable(records), {
      from: ['pod/a/p:c', 'pod/a/q:c'],
      to: ['http://x/', 'http://y/', 'http://z/'],
      verdicts: [
        ['reachable', 'refused', null],
        ['inconclusive', null, 'inconclusive'],
      ],
    });
  });

  it('reads well', () => {
    const text = matrixText(records);
    assert.match(text, /^ {3}1 {2}http:\/\/x\/$/m);
    assert.match(text, /^pod\/a\/p:c +ok 200 +refused +-$/m);
    assert.match(text, /^pod\/a\/q:c +\? +- +\?$/m);
    assert.match(text, /^refused: pod\/a\/p:c → http:\/\/y\//m);
    assert.match(text, /^inconclusive: pod\/a\/q:c → http:\/\/x\/.* \(and 1 more targets from there\)$/m);
    assert.match(text, /1 of 4 reachable, 1 not, 2 not found out\.\n$/);
  });

  it('says how much it left out', () => {
    const many = Array.from({ length: 60 }, (_, i) => made('p', `http://h${i}/`, 'refused'));
    assert.match(matrixText(many), /^… and 10 more; -o json has all of them$/m);
  });
});
