import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { causeIds } from '../../../src/trace/causeIds.ts';

describe('the pages of the causes', () => {
  const folder = new URL('../../../docs/causes/', import.meta.url);

  it('are one for each cause, which names it, and no more', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), causeIds.map((id) => `${id}.md`).sort());
    for (const id of causeIds) {
      const page = readFileSync(new URL(`${id}.md`, folder), 'utf8');
      assert.ok(page.includes(`\`${id}\``), id);
      for (const section of ['## How it is seen', '## What to do']) assert.ok(page.includes(section), id);
    }
  });

  it('are all listed in the index, in order', () => {
    const index = readFileSync(new URL('README.md', folder), 'utf8');
    const listed = [...index.matchAll(/^\| \[`([a-z-]+)`\]\(\1\.md\)/gm)].map(([, id]) => id);
    assert.deepEqual(listed, [...causeIds]);
  });
});
