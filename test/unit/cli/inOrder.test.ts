import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { inOrder } from '../../../src/cli/inOrder.ts';

describe('inOrder', () => {
  it('hands results over in order, whatever the order in which the work ends, and never runs more at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (turns, atOnce) => {
          let running = 0;
          let most = 0;
          const results: number[] = [];
          await inOrder(
            turns.map((turn, index) => ({ turn, index })),
            atOnce,
            async ({ turn, index }) => {
              most = Math.max(most, ++running);
              if (index > 0)
                for (let i = 0; i < turn; i++) await new Promise((resolve) => setImmediate(resolve));
              running--;
              return index;
            },
            (index) => results.push(index),
          );
          assert.deepEqual(results, [...turns.keys()]);
          assert.ok(most <= atOnce);
        },
      ),
    );
  });

  it('does the first alone: what it finds out serves the others', async () => {
    let firstDone = false;
    await inOrder(
      [0, 1, 2],
      3,
      async (index) => {
        if (index > 0) assert.ok(firstDone);
        await new Promise((resolve) => setImmediate(resolve));
        firstDone = true;
        return index;
      },
      () => undefined,
    );
  });

  it('begins nothing new after a failure', async () => {
    const begun: number[] = [];
    await assert.rejects(
      inOrder(
        [0, 1, 2, 3, 4],
        2,
        (index) => {
          begun.push(index);
          return index === 1
            ? Promise.reject(new Error('broken'))
            : new Promise((resolve) => setImmediate(() => resolve(index)));
        },
        () => undefined,
      ),
      /broken/,
    );
    assert.deepEqual(begun, [0, 1, 2]);
  });
});
