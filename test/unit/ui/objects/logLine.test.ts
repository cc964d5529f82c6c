import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shownLine } from '../../../../src/ui/objects/logLine.ts';
import { hostileStrings } from '../../base/hostileStrings.ts';

const escape = '\u001b';
const colouring = new RegExp(`${escape}\\[[0-9;]*m`, 'g');

describe('a line of a log', () => {
  it('keeps its colours, and ends them', () => {
    assert.equal(
      shownLine(`${escape}[31mred${escape}[0m plain`),
      `${escape}[31mred${escape}[0m plain${escape}[0m`,
    );
    assert.equal(shownLine('plain\ttext'), 'plain    text');
  });

  it('obeys no other control, whatever it holds', () => {
    const control = /[\p{Cc}\p{Cf}]/u;
    const check = (text: string): void => {
      assert.doesNotMatch(shownLine(text).replace(colouring, ''), control);
    };
    for (const text of Object.values(hostileStrings)) check(text);
    check(`${escape}]52;c;aGVsbG8=\u0007 ${escape}[2J ${escape}[?1049h \u009d0;title\u009c`);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => check(text)));
  });
});
