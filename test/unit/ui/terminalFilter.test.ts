import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TerminalFilter } from '../../../src/ui/commands/terminalFilter.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const once = (text: string): string => new TerminalFilter().push(bytes(text));

describe('The terminal filter', () => {
  it('lets drawing, colours, titles and links through', () => {
    const text =
      '\u001b[1;31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\';
    assert.equal(once(text), text);
  });

  it('takes out what writes the clipboard or speaks for VS Code', () => {
    for (const code of [
      '52;c;ZXZpbA==',
      '633;E;rm -rf',
      '133;A',
      '1337;File=x',
      '7;file:///',
      '9;4;1',
      '99;x',
      '',
    ]) {
      for (const end of ['\u0007', '\u001b\\', '\u009c']) {
        assert.equal(once(`a\u001b]${code}${end}b`), 'ab', JSON.stringify([code, end]));
      }
      assert.equal(once(`a\u009d${code}\u0007b`), 'ab');
    }
  });

  it('does not let an unfinished sequence hide what follows', () => {
    assert.equal(once('a\u001b]52;c;xx\u001b[31mred'), 'a\u001b[31mred');
    assert.equal(once('a\u001b]52;c;xx\u0018rest'), 'arest');
  });

  it('gives the same however the bytes arrive', () => {
    const pieces = fc.constantFrom(
      'text',
      'ä€😀',
      '\u001b',
      ']',
      '[0m',
      '52;c;QQ==',
      '0;t',
      '\u0007',
      '\\',
      '\u001b]8;;x',
      '\r\n',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 7 })),
        (words, cuts) => {
          // The last word ends whatever was begun, so that nothing stays pending.
          const all = bytes(`${words.join('')}\u0018.`);
          const filter = new TerminalFilter();
          let out = '';
          let from = 0;
          for (const cut of cuts) {
            out += filter.push(all.subarray(from, from + cut));
            from = Math.min(all.length, from + cut);
          }
          out += filter.push(all.subarray(from));
          assert.equal(out, new TerminalFilter().push(all));
          assert.ok(!out.includes('\u001b]52;'));
        },
      ),
    );
  });

  it('gives up on a sequence that never ends', () => {
    const filter = new TerminalFilter();
    filter.push(bytes(`\u001b]52;${'x'.repeat(5000)}`));
    assert.equal(filter.push(bytes('prompt$ ')), 'prompt$ ');
  });
});
