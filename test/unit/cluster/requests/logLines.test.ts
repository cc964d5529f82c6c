import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LogLines } from '../../../../src/cluster/requests/logLines.ts';

describe('the lines of a log', () => {
  it('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(40)), (words, cuts) => {
        const text = words.join('\n');
        const bytes = Buffer.from(text);
        const lines = new LogLines();
        const all: string[] = [];
        let from = 0;
        for (const length of cuts) {
          all.push(...lines.add(bytes.subarray(from, from + length)));
          from += length;
        }
        all.push(...lines.add(bytes.subarray(from)), ...lines.end());
        const expected = bytes.toString('utf8').split('\n');
        if (expected.at(-1) === '') expected.pop();
        assert.deepEqual(
          all,
          expected.map((line) => line.replace(/\r$/, '')),
        );
      }),
    );
  });

  it('are cut where they are too long, and say so', () => {
    const lines = new LogLines(5);
    assert.deepEqual(lines.add(Buffer.from('1234')), []);
    assert.deepEqual(lines.add(Buffer.from('5678')), []);
    assert.deepEqual(lines.add(Buffer.from('9\nshort\n')), ['12345… (4 more characters)', 'short']);
    assert.deepEqual(lines.end(), []);
  });
});
