import assert from 'node:assert/strict';
import { families } from '../../../src/rules/index.ts';
import { tags } from '../../../src/ui/editor/tags.ts';

describe('tags of diagnostics', () => {
  it('belong to rules that exist', () => {
    const codes = new Set(families.flatMap((family) => family.codes.map(({ code }) => code)));
    assert.deepEqual(
      [...tags.keys()].filter((code) => !codes.has(code)),
      [],
    );
  });
});
