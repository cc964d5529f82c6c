import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { recordOf } from '../../../src/probe/attempt.ts';
import { compareRuns } from '../../../src/probe/matrix/compare.ts';
import { matrixCsv, matrixJson, matrixMarkdown } from '../../../src/probe/matrix/export.ts';
import { cellOf, countsOf } from '../../../src/probe/matrix/run.ts';
import { MatrixRuns } from '../../../src/probe/matrix/runs.ts';
import { reading } from '../../../src/probe/reading.ts';
import type { Reason } from '../../../src/probe/reason.ts';
import { targetOf } from './support.ts';

const from = (pod: string) => ({ namespace: 'n', pod, container: 'c' });
const targets = ['http://a/', 'http://b/', 'http://c/'].map(targetOf);
const plan = { rows: ['p', 'q'].map((pod) => ({ from: from(pod), targets })), notes: ['left out: x.'] };
const record = (pod: string, index: number, reason: Reason) =>
  recordOf({ from: from(pod), target: targets[index]! }, '2026-01-01T00:00:00Z', {
    reading: reading('curl', reason, '=1+1'),
    command: ['curl'],
    exitCode: 0,
    output: '',
  });
const meta = { title: 'all | of <them>', context: 'lab', simulated: true };

function runOf(runs: MatrixRuns, ...reasons: readonly Reason[]) {
  const growing = runs.begin(plan, meta);
  reasons.forEach((reason, index) => {
    growing.add([record(index < 3 ? 'p' : 'q', index % 3, reason)]);
  });
  return growing.end('done');
}

describe('Matrix runs', () => {
  it('grow row by row, tell of it, and count', () => {
    const runs = new MatrixRuns();
    const seen: number[] = [];
    runs.onDidChange((run) => seen.push(countsOf(run).done));
    const run = runOf(runs, 'http-answer', 'refused', 'no-tool');
    assert.deepEqual(seen, [0, 1, 2, 3, 3]);
    assert.deepEqual(countsOf(run), { reachable: 1, failed: 1, inconclusive: 1, done: 3, planned: 6 });
    assert.deepEqual(run.from, ['pod/n/p:c', 'pod/n/q:c']);
    assert.equal(cellOf(run, 'pod/n/p:c', 'http://b/')?.verdict, 'refused');
    assert.equal(cellOf(run, 'pod/n/q:c', 'http://b/'), undefined);
    assert.equal(runs.runs[0], run);
  });

  it('are compared with the run of the same name before', () => {
    const runs = new MatrixRuns();
    const first = runOf(runs, 'http-answer', 'refused', 'http-answer', 'refused', 'no-tool', 'http-answer');
    const second = runOf(
      runs,
      'refused',
      'http-answer',
      'http-answer',
      'no-reply',
      'http-answer',
      'exec-failed',
    );
    assert.equal(runs.before(second), first);
    assert.equal(runs.before(first), undefined);
    const { broke, mended, changed, unknown, compared } = compareRuns(first, second);
    const pairs = (changes: readonly { readonly from: string; readonly to: string }[]) =>
      changes.map((change) => `${change.from} ${change.to}`);
    assert.deepEqual(pairs(broke), ['pod/n/p:c http://a/']);
    assert.deepEqual(pairs(mended), ['pod/n/p:c http://b/']);
    assert.deepEqual(pairs(changed), ['pod/n/q:c http://a/']);
    assert.deepEqual(pairs(unknown), ['pod/n/q:c http://c/']);
    assert.equal(compared, 6);
    const markdown = matrixMarkdown(second, compareRuns(first, second));
    assert.match(markdown, /\*\*1 broke:\*\*/);
    assert.match(markdown, /\*\*1 mended:\*\*/);
  });

  it('are exported as Markdown, CSV and JSON that no name can break', () => {
    const run = runOf(new MatrixRuns(), 'http-answer', 'not-http');
    const markdown = matrixMarkdown(run);
    assert.match(markdown, /^# Matrix\\: all \\\| of &lt;them\\> *$/m);
    assert.match(markdown, /\*\*2 reachable, 0 not, 0 not found out\*\* · 6 checks \\\(4 were not made\\\)/);
    const csv = matrixCsv(run).split('\r\n');
    assert.equal(csv.length, 4);
    assert.match(csv[1]!, /^pod\/n\/p:c,http:\/\/a\/,http:\/\/a:80\/,reachable,http-answer,/);
    const spreadsheet = matrixCsv({
      ...run,
      from: ['=cmd()'],
      cells: new Map([['=cmd()\nhttp://a/', { ...record('p', 0, 'refused'), from: '=cmd()', to: 'a,"b"' }]]),
    });
    assert.match(spreadsheet, /^'=cmd\(\),"a,""b""",/m);
    const json = JSON.parse(matrixJson(run)) as { records: unknown[]; table: { verdicts: unknown } };
    assert.equal(json.records.length, 2);
    assert.deepEqual(json.table.verdicts, [['reachable', 'reachable']]);
  });

  it('keeps only the newest', () => {
    const runs = new MatrixRuns(() => 36);
    for (let index = 0; index < 12; index++) runOf(runs);
    assert.deepEqual([runs.runs.length, runs.runs[0]?.id], [10, '10-12']);
  });

  it('are taken over from an earlier window, behind those of this one', () => {
    const earlier = new MatrixRuns(() => 1);
    const before = runOf(earlier, 'http-answer');
    const runs = new MatrixRuns(() => 2);
    const now = runOf(runs, 'refused');
    runs.adopt(earlier.runs);
    runs.adopt(earlier.runs);
    assert.deepEqual(
      runs.runs.map(({ id }) => id),
      [now.id, before.id],
    );
    assert.equal(runs.before(now), before);
  });

  it('are not compared with the answers to another question', () => {
    const runs = new MatrixRuns();
    const ask = (to: string) => runs.begin(plan, { ...meta, asked: { from: ['p'], to: [to] } }).end('done');
    const [first, , again] = [ask('a'), ask('b'), ask('a')];
    assert.equal(runs.before(again), first);
  });

  it('can be stopped while they grow, and amended when they have ended', () => {
    const runs = new MatrixRuns();
    let stopped = 0;
    const growing = runs.begin(plan, meta, () => (stopped += 1));
    growing.add([record('p', 0, 'refused')]);
    runs.cancel(growing.id);
    const ended = growing.end('cancelled');
    runs.cancel(growing.id);
    assert.equal(stopped, 1);
    runs.amend(growing.id, [record('p', 0, 'http-answer')]);
    assert.equal(cellOf(runs.get(growing.id)!, 'pod/n/p:c', 'http://a/')?.verdict, 'reachable');
    assert.equal(cellOf(ended, 'pod/n/p:c', 'http://a/')?.verdict, 'refused');
  });
});
