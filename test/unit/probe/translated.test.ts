import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inEnglish, type Say } from '../../../src/base/say.ts';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { compareRuns } from '../../../src/probe/matrix/compare.ts';
import { matrixMarkdown } from '../../../src/probe/matrix/export.ts';
import { cellKey, type MatrixRun } from '../../../src/probe/matrix/run.ts';
import { verdictOf, type Reason } from '../../../src/probe/reason.ts';
import { reportMarkdown } from '../../../src/probe/report.ts';
import { texts } from '../../../src/probe/texts.ts';

/** A pseudo-translation: every Latin letter of a text becomes a full-width one, so that what was not said shows. */
const wide: Say = (template, ...args) =>
  inEnglish(
    template.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ...args,
  );

/** What is left in English. Nobody translates blocks of commands and output, a tool's name and units. */
function leftIn(markdown: string): readonly string[] {
  return (
    markdown
      .replace(/^(`{3,})[^]*?^\1$/gm, '')
      .replace(/\b(?:curl|ms)\b/g, '')
      .match(/[A-Za-z]+/g) ?? []
  );
}

/** A record whose names and times hold no letter: all letters are the report's own. */
function recordOf(reason: Reason): CheckRecord {
  return {
    ...{ from: '1/2:3', to: '1/3:80', url: '10.0.0.3:80', tool: 'curl', reason, detail: '-' },
    ...{ verdict: verdictOf[reason], httpStatus: reason.startsWith('http') ? 200 : null },
    ...{ timingsMs: { dns: null, connect: null, tls: null, total: null }, remoteIp: null, exitCode: null },
    ...{ command: [], output: '', summary: 'never shown as it is', startedAt: '2026-01-01' },
  };
}

describe('Translated reports', () => {
  it('of a check leave nothing in English, whatever came of it', () => {
    for (const reason of Object.keys(texts) as Reason[]) {
      const record = recordOf(reason);
      assert.deepEqual(leftIn(reportMarkdown(record, '1', wide)), [], reason);
      assert.ok(leftIn(reportMarkdown(record, '1')).length > 10);
    }
  });

  it('of a check say what only some have', () => {
    const lookup = {
      name: '1',
      addresses: [],
      resolvedAs: '1',
      resolvers: [],
      search: [],
      ndots: 5,
      expansions: ['1'],
    };
    for (const is of ['same-pod', 'same-node', 'across-nodes'] as const) {
      const record: CheckRecord = {
        ...{ ...recordOf('http-answer'), via: '4', lookup },
        ...{ way: { is, fromNode: '7', toNode: '8' }, remoteIp: '10.0.0.3', exitCode: 0 },
        timingsMs: { dns: 1, connect: 2, tls: 3, total: 4 },
      };
      assert.deepEqual(leftIn(reportMarkdown(record, '1', wide)), []);
    }
  });

  it('of a matrix leave nothing in English, with all that it can say', () => {
    const reasons = ['http-answer', 'refused', 'no-reply', 'no-tool', 'http-answer'] as const;
    const before = runOf(['refused', 'http-answer', 'refused', 'refused', 'http-answer'], 'done');
    for (const state of ['running', 'done', 'cancelled', 'failed'] as const) {
      const run = runOf(reasons, state);
      const text = matrixMarkdown(run, compareRuns(before, run), wide);
      assert.deepEqual(leftIn(text), [], text);
    }
    const same = runOf(reasons, 'done');
    assert.deepEqual(leftIn(matrixMarkdown(same, compareRuns(same, same), wide)), []);
    assert.deepEqual(leftIn(matrixMarkdown({ ...same, simulated: true, planned: 5 }, undefined, wide)), []);
    const many = runOf(
      Array.from({ length: 300 }, () => 'refused' as const),
      'done',
    );
    const good = runOf(
      Array.from({ length: 300 }, () => 'http-answer' as const),
      'done',
    );
    assert.deepEqual(leftIn(matrixMarkdown(many, compareRuns(good, many), wide)), []);
  });
});

/** A row of checks, one more planned than made, with each kind of expectation. */
function runOf(reasons: readonly Reason[], state: MatrixRun['state']): MatrixRun {
  const records = reasons.map((reason, index) => ({ ...recordOf(reason), to: `1/3:${index + 1}` }));
  const expectations = (['passed', 'failed', 'unknown'] as const).map((is) => ({
    ...{ is, name: '1', message: '2', cells: [] },
  }));
  return {
    ...{ id: '1', title: '2', context: '3', simulated: false, startedAt: '2026-01-01', state, expectations },
    ...{ from: ['1/2:3'], to: records.map(({ to }) => to), planned: records.length + 1, notes: ['4'] },
    cells: new Map(records.map((record) => [cellKey(record.from, record.to), record])),
  };
}
