import assert from 'node:assert/strict';
import fc from 'fast-check';
import { smallestEdit } from '../../../src/ui/editor/repair/smallestEdit.ts';

describe('the edit of a repair', () => {
  const text = fc
    .array(fc.constantFrom('a: 1', '  b: 2', '', '- c', '🙂', 'x'), { maxLength: 8 })
    .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

  it('makes of the one text the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { start, end, newText } = smallestEdit(before, after);
        assert.ok(start <= end && end <= before.length);
        assert.equal(before.slice(0, start) + newText + before.slice(end), after);
      }),
    );
  });

  it('leaves alone what both start and end with', () => {
    const edit = smallestEdit('a: 1\nb: 2\nc: 3\n', 'a: 1\n  b: 2\nc: 3\n');
    assert.deepEqual(edit, { start: 5, end: 10, newText: '  b: 2\n' });
  });
});
