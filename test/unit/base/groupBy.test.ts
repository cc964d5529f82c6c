import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { groupBy } from '../../../src/base/groupBy.ts';

describe('groupBy', () => {
  it('does what Map.groupBy does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (numbers) => {
        const key = (n: number): number => n % 3;
        assert.deepEqual([...groupBy(numbers, key)], [...Map.groupBy(numbers, key)]);
      }),
    );
  });
});
