import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selects } from '../../../src/model/selector.ts';
import { podsSelected } from '../../../src/ui/explorer/podsByLabel.ts';
import { pod } from './build.ts';

describe('Pods by label', () => {
  it('are those the selector selects, in the same order', () => {
    const labels = fc.dictionary(
      fc.constantFrom('a', 'b', 'a=b', '__proto__'),
      fc.constantFrom('', 'x', 'b=x'),
    );
    fc.assert(
      fc.property(fc.array(labels), labels, (all, selector) => {
        const pods = all.map((each, index) => pod(String(index), { labels: each }));
        const expected = pods.filter((each) => selects(selector, each.labels));
        assert.deepEqual(podsSelected(pods, selector), expected);
      }),
    );
  });
});
