import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { compose, splitDocuments } from '../../../src/manifest/chunk.ts';
import { MapNode, type Node } from '../../../src/manifest/node.ts';
import { readSimpleYaml } from '../../../src/manifest/simpleYaml.ts';

const root = path.join(import.meta.dirname, '../../..');
const pages = readdirSync(path.join(root, 'docs/rules')).map((page) =>
  readFileSync(path.join(root, 'docs/rules', page), 'utf8'),
);
const examples = pages.flatMap((page) =>
  [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body),
);
const verdicts = readFileSync(path.join(root, 'test/fixtures/verdicts.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { yaml: string }).yaml);
const texts = [...examples, ...verdicts].filter((text) => text.length < 3_000 && !text.includes('[[[['));

const small = [
  'a: |\n  x\n  y\n\nb: 1\n',
  'a: |-\n  x\n',
  'a: |\n  x',
  'a:\n- |\n  x\n- y\n',
  'a: b # c\n',
  '# c\na: 1\n',
  '---\na: 1\n',
  '--- # x\na: 1\n',
  'a:\n\n  b: 1\n',
  'a:\n  # c\n  b: 1\n# e\n',
  'a: "x"  # y\n',
  'a: [] \n',
  'a: {b: c, d: [e, "f"]}\n',
  'a: -1\n',
  '- a\n- b\n',
  '-\n  a: 1\n',
  '- - a\n  - b\n- c\n',
  'a:\n-\n- b\n',
  'a: \n',
  'a:\n',
  'a: x:y\n',
  'a: 12:30\n',
  'a: http://x\n',
  'a: |\n   x\n  \nb: 2\n',
  'a: |\n  x\n\n\n',
  'a: "b\n',
  'a: b\n c\n',
  'a: {b: }\n',
  'a: [b: c]\n',
  'a: [1, 2,]\n',
  'a: y\n',
  'y: a\n',
  '1: a\n',
  "a: it's\n",
  "a: 'it''s'\n",
  'a:  b\r\nc: d\r\n',
  'a: |\r\n  x\r\n  y\r\nb: 1\r\n',
  '"a b": c\n',
  'a : b\n',
  'a: b: c\n',
  'a: - b\n',
  'a: b #\n',
  'a: #b\n',
  'a:#b\n',
  'a: b#c\n',
  'a:\n  - b\n c: d\n',
  'a: é\n',
  'a: (x)\n',
  'a: +x\n',
  'a: ~\n',
  'a: ~x\n',
  'a: ./x\n',
  'a: $x\n',
  'a: --x\n',
  'a: -x\n',
  'a: [a b, c:d]\n',
  'a: [a#b, c #d]\n',
  'a: [x y : z]\n',
  'a: {"b": 1, c: {d: e}}\n',
  'a: []#x\n',
  'a: [a]b\n',
  'a: "x"y\n',
  'a: {a: b}: c\n',
  '{a: b}\n',
  '[a]\n',
  '"a": |\n  x\n',
  'a: b\n...\n',
  'a: b\n---\nc\n',
  'a: [on, off, null, ~]\n',
  'a: {on: b}\n',
  'a: |\n  x\n # c\nb: 1\n',
  'a: |\n  # x\n',
  'k: |\n    a\n      b\n    c\n',
  'a: b\\n\n',
  'a: [*x]\n',
  'a: x, y\n',
  'a: x]\n',
  "a: 'x\n",
  'a: 0777\n',
  'a: |\n  x\n  ',
  'a:   |  \n  x\n',
];
const noise = [
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '|',
  'a',
  ',',
  '&x',
  '*x',
  '!!s',
  '<<',
  '\t',
  '>',
  '?',
  '%',
  '---\n',
];

/** A node with nothing but what it says, so that two readers can be compared. */
function plain(node: Node): unknown {
  if (node.type === 'list') return { ...node, items: node.items.map(plain) };
  if (!(node instanceof MapNode)) return node;
  const { start, end, flow } = node;
  return {
    start,
    end,
    flow,
    entries: node.entries.map((entry) => ({ ...entry, value: plain(entry.value) })),
  };
}

/** Answers whether the simple reader could read it; what it reads must be what the whole parser reads. */
function agree(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (simple === undefined) return false;
  const whole = compose(text, text, []);
  assert.deepEqual(whole.problems, [], text);
  const [only, ...others] = whole.roots;
  assert.ok(only && others.length === 0, text);
  assert.deepEqual(plain(simple), plain(only), text);
  return true;
}

describe('the fast reader of simple YAML', () => {
  it('reads nearly every example of the rules, as the whole parser does', () => {
    const documents = texts.flatMap((text) => splitDocuments(text)).map(({ text }) => text);
    const read = documents.filter(agree).length;
    assert.ok(read / documents.length > 0.9, `${read} of ${documents.length}`);
  });

  for (const text of small) it(JSON.stringify(text), () => void agree(text));

  it('reads texts with bits put in or taken out alike, or not at all', () => {
    const edits = fc.array(
      fc.record({ at: fc.nat(), remove: fc.nat(4), insert: fc.constantFrom('', ...noise) }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, (text, changes) => {
        const changed = changes.reduce((result, { at, remove, insert }) => {
          const place = at % (result.length + 1);
          return result.slice(0, place) + insert + result.slice(place + remove);
        }, text);
        for (const document of splitDocuments(changed)) agree(document.text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves to the whole parser what it does not know', () => {
    for (const text of [
      'a: &x b\n',
      'a: *x\n',
      'a: !!str 1\n',
      '<<: {a: b}\n',
      'a: >\n  b\n',
      'a: b\n  c\n',
      'a: "\\n"\n',
      'a:\tb\n',
      '? a\n',
      '%YAML 1.1\n',
      'a: b\na: c\n',
      'on: b\n',
      '',
    ]) {
      assert.equal(readSimpleYaml(text), undefined, JSON.stringify(text));
    }
  });
});
