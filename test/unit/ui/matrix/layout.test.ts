import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MatrixContent } from '../../../../src/ui/panels/protocol/matrix.ts';
import { readMatrixContent, readMatrixMessage } from '../../../../src/ui/panels/protocol/matrix.ts';
import { sizesOf, spanOf } from '../../../../src/ui/panels/web/matrix/geometry.ts';
import { layoutOf, type Filter } from '../../../../src/ui/panels/web/matrix/layout.ts';
import { countsOf, putCells, tableOf, toneOf } from '../../../../src/ui/panels/web/matrix/table.ts';

const end = (ref: string, group: string) => ({ ref, name: ref, detail: '', group });
const words = ['reachable', 'refused', 'timed out', 'DNS failed', 'reset', 'TLS failed', 'no answer', '?'];
const word = (verdict: number): string => words[verdict] ?? '';
const everything: Filter = { failures: false, text: '', grouped: false, folded: [] };

/** Sources a1, b1, a2 by targets x, y: reachable but for a1 → y (refused) and b1 → x (inconclusive); a2 → y is unknown. */
const content: MatrixContent = {
  id: '1',
  title: '',
  place: '',
  state: 'running',
  word: '',
  from: [end('pod/a/one', 'a'), end('pod/b/one', 'b'), end('pod/a/two', 'a')],
  to: [end('svc/a/x', 'a'), end('svc/b/y', 'b')],
  cells: [0, 0, 0, 200, 3, 0, 1, 1, 0, -1, 1, 0, 7, 0, -1, 1, 1, 0, 200, 5, 2, 0, 0, 204, 1],
  planned: 6,
  notes: [],
  expectations: [],
  canRunAgain: false,
};
const table = tableOf(content);
const rows = (filter: Partial<Filter>): readonly (number | string)[] =>
  layoutOf(table, { ...everything, ...filter }, word).items.map((item) =>
    item.is === 'row' ? item.row : `${item.name} ${item.bad}/${item.done}`,
  );
const columns = (filter: Partial<Filter>): readonly number[] =>
  layoutOf(table, { ...everything, ...filter }, word).columns;

describe('The table of a matrix', () => {
  it('takes cells as they come, and drops those of no place', () => {
    assert.ok(readMatrixContent(content));
    assert.deepEqual(countsOf(table), { done: 5, reachable: 3, verdicts: [3, 1, 0, 0, 0, 0, 0, 1] });
    const grown = tableOf(content);
    putCells(grown, [2, 1, 2, 0, -1, 9, 9, 0, 200, 1, -1, 0, 0, 0, 0, 0]);
    assert.equal(countsOf(grown).done, 6);
    assert.equal(grown.verdict[5], 2);
  });

  it('takes a cell for what its expectation makes of it', () => {
    const expected = tableOf({
      ...content,
      expectations: [
        { name: '', is: 'passed', word: '', message: '', cells: [0, 1] },
        { name: '', is: 'failed', word: '', message: '', cells: [0, 0, 8, 8] },
        { name: '', is: 'passed', word: '', message: '', cells: [0, 0] },
      ],
    });
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((index) => toneOf(expected, index)),
      ['bad', 'good', 'maybe', 'good', 'good', 'none'],
    );
  });

  it('shows the rows and columns with a cell that matches', () => {
    assert.deepEqual(
      [rows({}), columns({})],
      [
        [0, 1, 2],
        [0, 1],
      ],
    );
    assert.deepEqual(
      [rows({ failures: true }), columns({ failures: true })],
      [
        [0, 1],
        [0, 1],
      ],
    );
    assert.deepEqual([rows({ text: 'REFUSED' }), columns({ text: 'refused' })], [[0], [1]]);
    assert.deepEqual([rows({ text: 'two svc/b' }), columns({ text: 'two svc/b' })], [[2], [1]]);
    assert.deepEqual([rows({ text: 'nobody' }), columns({ text: 'nobody' })], [[], []]);
  });

  it('groups sources and targets by namespace, and folds', () => {
    assert.deepEqual(rows({ grouped: true }), ['a 1/3', 0, 2, 'b 1/2', 1]);
    assert.deepEqual(rows({ grouped: true, folded: ['a'] }), ['a 1/3', 'b 1/2', 1]);
    const { bands } = layoutOf(table, { ...everything, grouped: true }, word);
    assert.deepEqual(bands, [
      { name: 'a', start: 0, length: 1 },
      { name: 'b', start: 1, length: 1 },
    ]);
  });

  it('draws what is in sight, and no more than a screenful and a margin', () => {
    fc.assert(
      fc.property(
        fc.nat(40_000),
        fc.nat(2_000),
        fc.integer({ min: 10, max: 200 }),
        fc.nat(1_000),
        (scrolled, inSight, size, length) => {
          const span = spanOf(scrolled, inSight, size, length);
          assert.ok(span.length <= inSight / size + 11);
          assert.ok(span.every((index, at) => index === (span[0] ?? 0) + at && index < length));
          for (let at = Math.floor(scrolled / size); at * size < scrolled + inSight && at < length; at++) {
            assert.ok(span.includes(at));
          }
        },
      ),
    );
    assert.ok(sizesOf(content, true).cell < sizesOf(content, false).cell);
  });
});

describe('What the page of a matrix says', () => {
  it('is read as if a stranger had sent it', () => {
    assert.ok(readMatrixMessage({ is: 'explain', from: 'a', to: 'b' }));
    for (const wrong of [{ is: 'explain', from: 'a' }, { is: 'save', format: 'exe' }, { is: 'else' }, null]) {
      assert.equal(readMatrixMessage(wrong), undefined);
    }
  });
});
