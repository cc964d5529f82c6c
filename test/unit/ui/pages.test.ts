import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestList, pageLength, pagesOf } from '../../../src/ui/explorer/pages.ts';

describe('Parts of long lists', () => {
  it('leaves short lists whole', () => {
    assert.equal(pagesOf(0), undefined);
    assert.equal(pagesOf(longestList), undefined);
  });

  it('covers a long list once, in order, in parts of bounded length', () => {
    fc.assert(
      fc.property(fc.integer({ min: longestList + 1, max: 20_000 }), (length) => {
        const pages = pagesOf(length)!;
        let next = 0;
        for (const { from, to } of pages) {
          assert.equal(from, next);
          assert.ok(to > from && to - from <= pageLength);
          next = to;
        }
        assert.equal(next, length);
      }),
    );
  });
});
