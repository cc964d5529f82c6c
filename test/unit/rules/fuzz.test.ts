import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { LineIndex, type Position } from '../../../src/manifest/position.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { applyEdits, fixText, lint, lintText, rules, type Severity } from '../../../src/rules/index.ts';

const file = path.join(import.meta.dirname, '../../fixtures/verdicts.ndjson');
const manifests = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { yaml: string }).yaml);

/** Everything switched on, opinions too. */
const everything = {
  rules: Object.fromEntries(rules.map((rule): [string, Severity] => [rule.code, rule.severity])),
  knowledge: { objects: [], complete: true },
};

const snippet = fc.oneof(
  fc.constantFrom(
    '\t',
    '\n',
    '  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&a',
    '*a',
    '<<: *a',
    '---\n',
    '--> note',
    '${X}',
    '\0',
    '\ud800',
    '🙂',
    '- -\n',
    '? ',
    '!!int ',
    '%',
    '@',
    '`',
    '0x',
    '1e999',
    '-1',
    'null',
    '~',
    'yes',
  ),
  fc.string({ maxLength: 6 }),
);

/** A manifest of the server's examples with pieces cut out, doubled and put in. */
const mutated = fc
  .tuple(
    fc.array(fc.constantFrom(...manifests), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), snippet), { maxLength: 6 }),
  )
  .map(([texts, changes]) =>
    changes.reduce((text, [at, cut, put]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + cut);
    }, texts.join('---\n')),
  );

function inside(position: Position, lines: LineIndex): boolean {
  return position.line < lines.lineCount && position.character <= lines.lineText(position.line).length + 2;
}

describe('any text', () => {
  it('has no place that ends before it starts, also for a list of nothing', () => {
    const [finding] = lintText(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  volumes:\n    - -\n',
    ).filter(({ code }) => code === 'wrong-type');
    assert.ok(finding && finding.range.start.line <= finding.range.end.line);
  });

  it('is read and checked without an exception, and every place lies in it', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const lines = new LineIndex(text);
        for (const { range, message, fixes } of lintText(text, everything)) {
          const places = [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range))];
          for (const { start, end } of places) {
            assert.ok(inside(start, lines) && inside(end, lines), message);
            assert.ok(lines.offsetAt(start) <= lines.offsetAt(end), message);
          }
          assert.ok(
            message.length > 0 && !message.includes('undefined') && !message.includes('[object'),
            message,
          );
          for (const fix of fixes) applyEdits(text, fix.edits);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is said the same of, whether it is read at once or after every change', () => {
    fc.assert(
      fc.property(mutated, mutated, (before, after) => {
        const first = parse(before);
        lint(first, everything);
        const stepwise = lint(parse(after, { previous: first }), everything);
        assert.deepEqual(stepwise, lintText(after, everything));
      }),
      { numRuns: 150 },
    );
  });

  it('is fixed in a bounded number of steps, and then stays as it is', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const once = fixText(text);
        assert.equal(fixText(once.text).text, once.text);
      }),
      { numRuns: 150 },
    );
  });
});
