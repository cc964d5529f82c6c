import assert from 'node:assert/strict';
import { expandSnippet } from './expandSnippet.ts';

describe('the snippet expander of these tests', () => {
  it('fills a mirror with the default of its tab stop, wherever that stands', () => {
    const { text, stops } = expandSnippet('$1 ${2:b $1} ${1:a} $2$0');
    assert.equal(text, 'a b a a b a');
    assert.deepEqual(stops, [1, 2, 0]);
  });

  it('takes the first of a choice, and reads escaped commas and bars in it', () => {
    const { text, choices } = expandSnippet('${1|TCP,a\\,b,c\\|d|} $1');
    assert.equal(text, 'TCP TCP');
    assert.deepEqual(choices.get(1), ['TCP', 'a,b', 'c|d']);
  });

  it('keeps escaped and lone dollars, and braces outside of placeholders', () => {
    assert.equal(expandSnippet('\\$1 $ {} ${1:a\\}b} \\\\').text, '$1 $ {} a}b \\');
  });

  it('leaves a tab stop without a default empty', () => {
    assert.equal(expandSnippet('a${1}b$2').text, 'ab');
  });

  it('refuses what it does not know', () => {
    assert.throws(() => expandSnippet('${TM_FILENAME}'), /variable/);
    assert.throws(() => expandSnippet('${1/a/b/}'), /transform/);
    assert.throws(() => expandSnippet('${1:open'), /not closed/);
    assert.throws(() => expandSnippet('${1:a $1}'), /contains itself/);
  });
});
