import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldsOf } from '../../../src/manifest/folding.ts';

const text = `# What this is
# and why
apiVersion: v1
kind: Service
metadata:
  name: s
spec:
  ports:
  - name: a
    port: 80
  - name: b

    port: 81
---
apiVersion: v1
data:
  script: |
    one
    two

kind: ConfigMap
`;

describe('folding', () => {
  it('folds comments, documents, maps, lists at their key’s own column and block scalars', () => {
    assert.deepEqual(
      foldsOf(text).map(({ start, end, kind }) => `${start}-${end}${kind === undefined ? '' : ` ${kind}`}`),
      ['0-1 comment', '2-12', '4-5', '6-12', '7-12', '8-9', '10-12', '13-20', '15-18', '16-18'],
    );
  });

  it('keeps folds within the text and never crossing, whatever the text', () => {
    const line = fc
      .tuple(fc.nat(6), fc.constantFrom('a: 1', '- b', '- c: 2', '# x', '', '---', 'k:', 'k: |', '...', '\t'))
      .map(([indent, rest]) => ' '.repeat(indent) + rest);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const folds = foldsOf(lines.join('\n'));
        for (const fold of folds) {
          assert.ok(fold.start < fold.end && fold.start >= 0 && fold.end < lines.length);
          for (const other of folds.filter(({ kind }) => kind === undefined && fold.kind === undefined)) {
            const crosses = other.start > fold.start && other.start <= fold.end && other.end > fold.end;
            assert.ok(!crosses, `${JSON.stringify(fold)} ${JSON.stringify(other)}`);
          }
        }
      }),
    );
  });
});
