import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { recordOf } from '../../../src/probe/attempt.ts';
import type { BatchRequest } from '../../../src/probe/batch/batchChecker.ts';
import { reading } from '../../../src/probe/reading.ts';
import type { Reason } from '../../../src/probe/reason.ts';
import { namespacesOf, planSmoke } from '../../../src/probe/smoke/plan.ts';
import { readSmoke } from '../../../src/probe/smoke/read.ts';
import { sampleSmoke } from '../../../src/probe/smoke/sample.ts';
import { smokeJunit, smokeText } from '../../../src/probe/smoke/report.ts';
import { runSmoke } from '../../../src/probe/smoke/run.ts';
import { expectations, meets, type SmokeFile } from '../../../src/probe/smoke/schema.ts';
import { serviceBys } from '../../../src/probe/serviceBy.ts';
import { aPod, aService } from '../model/build.ts';

const text = `
checks:
  - name: the frontend reaches the backend
    from: { namespace: shop, selector: app=frontend }
    to: [svc/shop/backend, dns:backend]
    expect: reachable
    by: short
    timeout: 4
  - from: pod/shop/other
    to: svc/shop/backend:8080
    expect: blocked
`;

function fileOf(source: string): SmokeFile {
  const found = readSmoke(source);
  assert.ok(found.is === 'read', JSON.stringify(found));
  return found.file;
}

function problemsOf(source: string): readonly string[] {
  const found = readSmoke(source);
  assert.ok(found.is === 'wrong', JSON.stringify(found));
  return found.problems.map(({ message, range: { start } }) => `${start.line}:${start.character} ${message}`);
}

describe('A podnet.yaml', () => {
  it('to begin with says what must, and what must not be reachable', () => {
    assert.deepEqual(
      fileOf(sampleSmoke).checks.map(({ expect }) => expect),
      ['reachable', 'blocked'],
    );
  });

  it('is read with its places', () => {
    const { checks } = fileOf(text);
    assert.deepEqual(
      checks.map(({ name, expect, by, timeoutSeconds, range }) => [
        name,
        expect,
        by,
        timeoutSeconds,
        range.start.line,
      ]),
      [
        ['the frontend reaches the backend', 'reachable', 'short', 4, 2],
        ['check 2', 'blocked', 'ip', undefined, 8],
      ],
    );
    assert.deepEqual(namespacesOf({ checks }), ['shop']);
  });

  it('is refused as a whole, each problem at its place', () => {
    assert.deepEqual(problemsOf('checks:\n  - from: pod/a/b\n    to: svc/a/c\n    expects: blocked\n'), [
      '3:4 "expects" is not known here. There are: name, from, to, expect, status, by, timeout.',
    ]);
    assert.match(
      problemsOf('checks:\n  - from: svc/a/b\n    to: svc/a/c\n')[0]!,
      /^1:10 A check starts in a pod/,
    );
    assert.match(problemsOf('checks:\n  - from: pod/a/b\n    to: nonsense\n')[0]!, /^2:8 .*names nothing/);
    assert.match(
      problemsOf('checks:\n  - from: pod/a/b\n    to: svc/a/c\n    expect: maybe\n')[0]!,
      /^3:12 "expect" must be one of/,
    );
    assert.match(
      problemsOf('checks:\n  - from: pod/a/b\n    to: svc/a/c\n    timeout: 0\n')[0]!,
      /^3:13 "timeout"/,
    );
    assert.match(
      problemsOf('checks:\n  - from: { namespace: a, selector: "a in b" }\n    to: svc/a/c\n')[0]!,
      /^1:\d+ .*no label selector/,
    );
    assert.match(problemsOf('checks: []\n')[0]!, /at least one/);
    assert.match(problemsOf('')[0]!, /needs a list/);
    assert.ok(problemsOf('checks: [\n').length > 0);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (source) => {
        readSmoke(source);
        readSmoke(`checks:\n  - ${source.replaceAll('\n', '\n    ')}`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('The JSON schema of a podnet.yaml', () => {
  it('knows the same words as the reader', () => {
    const file = path.join(import.meta.dirname, '../../../schemas/podnet.schema.json');
    const { properties } = (
      JSON.parse(readFileSync(file, 'utf8')) as {
        properties: {
          checks: { items: { properties: Record<string, { readonly enum?: readonly string[] }> } };
        };
      }
    ).properties.checks.items;
    assert.deepEqual(properties.expect?.enum, expectations);
    assert.deepEqual(properties.by?.enum, serviceBys);
    const [problem = ''] = problemsOf('checks:\n  - { from: pod/a/b, to: svc/a/c, nope: 1 }\n');
    assert.equal(problem.split('There are: ')[1], `${Object.keys(properties).join(', ')}.`);
  });
});

describe('An expectation', () => {
  const met = (
    expect: 'reachable' | 'blocked' | 'refused',
    verdict: Parameters<typeof meets>[1]['verdict'],
  ) => meets({ expect }, { verdict, httpStatus: null });

  it('of "blocked" is a connection that does not come about, and no mistyped name', () => {
    assert.deepEqual(
      (['timeout', 'refused', 'reset', 'reachable', 'dns-failed', 'no-answer', 'inconclusive'] as const).map(
        (verdict) => met('blocked', verdict),
      ),
      [true, true, true, false, false, false, undefined],
    );
  });

  it('may ask for an HTTP status', () => {
    const found = { verdict: 'reachable', httpStatus: 404 } as const;
    assert.equal(meets({ expect: 'reachable', status: 404 }, found), true);
    assert.equal(meets({ expect: 'reachable', status: 200 }, found), false);
    assert.equal(meets({ expect: 'reachable' }, found), true);
  });
});

describe('The checks of a file', () => {
  const container = (name: string) => ({
    containerStatuses: [{ name, state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
  });
  const pod = (name: string, app: string) =>
    aPod({ name, namespace: 'shop', labels: { app }, ip: '10.0.0.1', status: container('main') });
  const snapshot = Snapshot.of([
    pod('f-1', 'frontend'),
    pod('f-2', 'frontend'),
    pod('other', 'other'),
    aService({
      name: 'backend',
      namespace: 'shop',
      spec: { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ports: [{ port: 8080 }] },
    }),
  ]);
  const answers = (reasons: Readonly<Record<string, Reason>>) => ({
    check: ({ from, targets }: BatchRequest) =>
      Promise.resolve(
        targets.map((target) =>
          recordOf({ from, target }, '', {
            reading: reading('curl', reasons[from.pod] ?? 'http-answer', '<&"\u0001'),
            command: ['curl'],
            exitCode: 0,
            output: '',
          }),
        ),
      ),
  });
  const run = async (file: SmokeFile, reasons: Readonly<Record<string, Reason>>) =>
    runSmoke(
      answers(reasons),
      planSmoke(file, snapshot),
      file.checks,
      () => undefined,
      new AbortController().signal,
    );

  it('pass only where every pair is as expected', async () => {
    const file = fileOf(text);
    const all = await run(file, { other: 'no-reply' });
    assert.deepEqual(
      all.map(({ is, records }) => [is, records.length]),
      [
        ['passed', 4],
        ['passed', 1],
      ],
    );
    const broken = await run(file, { 'f-2': 'refused' });
    assert.deepEqual(
      broken.map(({ is }) => is),
      ['failed', 'failed'],
    );
    const unknown = await run(file, { 'f-2': 'no-tool', other: 'exec-failed' });
    assert.deepEqual(
      unknown.map(({ is }) => is),
      ['unknown', 'unknown'],
    );
  });

  it('are not known where they name what is not there', async () => {
    const file = fileOf('checks:\n  - from: pod/shop/gone\n    to: svc/shop/backend\n    expect: blocked\n');
    const [result] = await run(file, {});
    assert.equal(result?.is, 'unknown');
    assert.match(result.message, /no pod gone/);
  });

  it('are written as JUnit that no name can break, as Markdown with links, and as text', async () => {
    const file = fileOf(
      'checks:\n  - name: "a <b> & \\"c\\" \\u0001"\n    from: pod/shop/other\n    to: svc/shop/backend\n',
    );
    const results = await run(file, { other: 'refused' });
    const junit = smokeJunit(results, 'dir/podnet.yaml');
    assert.match(junit, /<testsuite name="dir\/podnet\.yaml" tests="1" failures="1" errors="0">/);
    assert.match(junit, /name="a &lt;b&gt; &amp; &quot;c&quot; \uFFFD"/);
    assert.match(junit, /<failure message="expected reachable: refused/);
    assert.equal(junit.includes('\u0001'), false);
    assert.match(
      smokeText(results, 'podnet.yaml'),
      /^FAILED {2}a .*podnet\.yaml:2\)\n.*\n0 of 1 as expected, 1 otherwise/s,
    );
  });
});
