import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repairText } from '../../../../src/manifest/repair/repair.ts';
import { lintText } from '../../../../src/rules/index.ts';

/* The manifests of a lesson as they came from its web page (.txt), and as its author meant them (.yaml). */
const folder = path.join(import.meta.dirname, '../../../fixtures/repair');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => path.basename(file, '.txt'));
const textOf = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

describe('manifests copied from a web page', () => {
  it('are all there', () => assert.equal(names.length, 7));

  for (const name of names) {
    it(`${name} comes out as its author meant it, and lints without errors`, () => {
      const done = repairText(textOf(`${name}.txt`));
      assert.equal(done.text, textOf(`${name}.yaml`));
      assert.equal(done.status, 'repaired');
      const errors = lintText(done.text).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });

    it(`${name} is sound once repaired`, () => {
      const text = textOf(`${name}.yaml`);
      assert.deepEqual(repairText(text), {
        status: 'sound',
        text,
        changes: [],
        notes: [],
        unplaced: [],
        alternatives: [],
      });
    });
  }

  it('are found within the page, one document each, and the page is kept as comments', () => {
    const page = names
      .map((name) => `Now write this file, and apply it.\n-\n${textOf(`${name}.txt`)}`)
      .join('-\nType\n. -\n');
    const done = repairText(page);
    assert.equal(done.status, 'repaired');
    const manifests = done.text
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    assert.equal(manifests, names.map((name) => textOf(`${name}.yaml`)).join('---\n'));
    for (const line of page.split('\n').filter((text) => text.startsWith('Now'))) {
      assert.ok(done.text.includes(`# ${line}`));
    }
  });
});
