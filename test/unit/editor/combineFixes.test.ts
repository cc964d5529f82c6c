import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Finding } from '../../../src/rules/finding.ts';
import { combineFixes } from '../../../src/ui/editor/combineFixes.ts';
import { applyEdits } from './applyEdits.ts';

function finding(start: number, end: number, newText: string, preferred = true): Finding {
  const range = { start: { line: 0, character: start }, end: { line: 0, character: end } };
  return {
    file: 'a.yaml',
    range,
    severity: 'error',
    code: 'some-rule',
    message: '',
    fixes: [{ title: 'Fix', edits: [{ range, newText }], preferred }],
    related: [],
  };
}

describe('combining fixes', () => {
  it('takes preferred fixes only', () => {
    assert.deepEqual(combineFixes([finding(0, 1, 'x', false)]), { edits: [], cured: 0 });
  });

  it('leaves out a fix that meets an earlier one', () => {
    const { edits, cured } = combineFixes([finding(0, 3, 'x'), finding(2, 4, 'y'), finding(5, 6, 'z')]);
    assert.equal(cured, 2);
    assert.equal(applyEdits('0123456789', edits), 'x34z6789');
  });

  it('makes an edit that two findings ask for once', () => {
    const { edits, cured } = combineFixes([finding(1, 2, 'x'), finding(1, 2, 'x')]);
    assert.equal(cured, 2);
    assert.equal(edits.length, 1);
  });

  it('never makes edits that overlap', () => {
    const spans = fc.array(fc.tuple(fc.nat(20), fc.nat(5), fc.constantFrom('', 'a', 'bc')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(spans, (drafts) => {
        const { edits } = combineFixes(drafts.map(([at, length, text]) => finding(at, at + length, text)));
        applyEdits('x'.repeat(30), edits);
      }),
    );
  });
});
