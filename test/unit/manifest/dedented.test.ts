import assert from 'node:assert/strict';
import { dedented } from '../../../src/manifest/dedented.ts';
import { parse } from '../../../src/manifest/parse.ts';

const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: c
data:
  a: |
    text
`;
const indented = manifest.replace(/^(?=.)/gm, '      ');

describe('a selected manifest', () => {
  it('moves to the margin as a whole', () => {
    assert.equal(dedented(indented), manifest);
    assert.equal(dedented(manifest), manifest);
    assert.equal(dedented(''), '');
  });

  it('may begin behind the indentation of its first line', () => {
    assert.equal(dedented(indented.trimStart()), manifest);
    assert.equal(parse(dedented(indented.trimStart())).objects[0]?.name, 'c');
  });

  it('keeps a text whose first line alone is at the margin', () => {
    const text = 'metadata:\n  name: c\n  labels:\n    a: b\n';
    assert.equal(dedented(text), text);
  });
});
