import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CancelledError } from '../../../src/base/cancellation.ts';
import { recordOf } from '../../../src/probe/attempt.ts';
import type { BatchRequest } from '../../../src/probe/batch/batchChecker.ts';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { checkMatrix, type MatrixRow } from '../../../src/probe/matrix/checkMatrix.ts';
import { reading } from '../../../src/probe/reading.ts';
import { targetOf } from './support.ts';

const targets = ['http://a/', 'http://b/'].map(targetOf);
const rows: readonly MatrixRow[] = Array.from({ length: 40 }, (_, i) => ({
  from: { namespace: 'n', pod: `p${i}`, container: 'c' },
  targets,
}));
const answer = ({ from, targets: asked }: BatchRequest): readonly CheckRecord[] =>
  asked.map((target) =>
    recordOf({ from, target }, '', {
      reading: reading('curl', 'tcp-open', ''),
      command: [],
      exitCode: 0,
      output: '',
    }),
  );

describe('checkMatrix', () => {
  it('asks each source once, at most 16 at a time, and hands its records over at once', async () => {
    let running = 0;
    let most = 0;
    const asked: string[] = [];
    const done: (readonly CheckRecord[])[] = [];
    const checker = {
      check: async (request: BatchRequest) => {
        asked.push(request.from.pod);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return answer(request);
      },
    };
    await checkMatrix(
      checker,
      rows,
      {},
      (records, row) => (done[row] = records),
      new AbortController().signal,
    );
    assert.equal(asked.length, rows.length);
    assert.equal(most, 16);
    assert.deepEqual(
      done.map((records) => records.map(({ from, to }) => [from, to])),
      rows.map(({ from }) => targets.map(({ ref }) => [`pod/n/${from.pod}:c`, ref])),
    );
  });

  it('ends with a cancellation, and keeps what was done', async () => {
    const abort = new AbortController();
    let handed = 0;
    const checker = {
      check: (request: BatchRequest, signal: AbortSignal) =>
        signal.aborted ? Promise.reject(new CancelledError()) : Promise.resolve(answer(request)),
    };
    const run = checkMatrix(
      checker,
      rows,
      {},
      () => {
        if (++handed === 3) abort.abort();
      },
      abort.signal,
    );
    await assert.rejects(run, { name: 'AbortError' });
    assert.ok(handed >= 3 && handed < rows.length);
  });
});
