import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { verbs } from '../../../src/cli/verbs.ts';

const page = await readFile(path.join(import.meta.dirname, '../../../docs/podnet.md'), 'utf8');
const [general = '', ...sections] = page.split(/^## /m);
const titleOf = (section: string): string => section.split('\n')[0] ?? '';
const verbsOf = (section: string): readonly string[] =>
  [...titleOf(section).matchAll(/`podnet (\w+)/g)].map(([, verb = '']) => verb);

/** Options of podnet; those in a kubectl command are kubectl's. */
function optionsIn(text: string): readonly string[] {
  return [...new Set(text.replace(/`kubectl [^`]*`/g, '').match(/(?<![\w-])--[a-z][a-z-]*[a-z]/g))];
}

describe('docs/podnet.md', () => {
  for (const [name, load] of verbs) {
    it(`has every option of podnet ${name}`, async () => {
      const own = sections.filter((section) => verbsOf(section).includes(name));
      assert.notEqual(own.length, 0, 'the verb has no section');
      const written = optionsIn([general, ...own].join('\n'));
      const { usage } = await load();
      assert.deepEqual(
        optionsIn(usage).filter((option) => !written.includes(option)),
        [],
      );
    });
  }

  for (const section of sections) {
    it(`has no option that --help lacks: ${titleOf(section)}`, async () => {
      const usages = await Promise.all(
        verbsOf(section).map(async (name) => (await verbs.get(name)?.())?.usage),
      );
      assert.notEqual(usages.length, 0, 'the section names no verb');
      const told = optionsIn([general, ...usages].join('\n'));
      assert.deepEqual(
        optionsIn(section).filter((option) => !told.includes(option)),
        [],
      );
    });
  }
});
