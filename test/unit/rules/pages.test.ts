import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { factsOf } from '../../../src/manifest/facts.ts';
import { families, lintText, type LintOptions } from '../../../src/rules/index.ts';

const folder = path.join(import.meta.dirname, '../../../docs/rules');
const listed = families.flatMap((family) => family.codes);

function page(code: string): string {
  return readFileSync(path.join(folder, `${code}.md`), 'utf8');
}

/** What the cluster has already, in the examples about live objects. */
const live = factsOf({
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
});

/** The settings that a page's examples need: `<!-- lint: complete kubernetes=1.32 live -->`. */
function optionsOf(text: string, code: string): LintOptions {
  const words = /<!-- lint: (.*) -->/.exec(text)?.[1]?.split(' ') ?? [];
  const version = words.find((word) => word.startsWith('kubernetes='))?.slice('kubernetes=1.'.length);
  const opinion = listed.find((rule) => rule.code === code)?.opinion === true;
  return {
    knowledge: { objects: words.includes('live') ? [live] : [], complete: words.includes('complete') },
    ...(version !== undefined && { cluster: { minorVersion: Number(version) } }),
    ...(opinion && { rules: { [code]: 'hint' } }),
  };
}

function examples(text: string): readonly string[] {
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
}

describe('pages of the rules', () => {
  it('there is one for each code, and none for a code that does not exist', () => {
    const pages = readdirSync(folder)
      .filter((file) => file !== 'README.md')
      .map((file) => file.replace(/\.md$/, ''));
    assert.deepEqual(pages.sort(), listed.map((rule) => rule.code).sort());
  });

  it('the index lists every rule once, under its family, with title and severity', () => {
    const index = readFileSync(path.join(folder, 'README.md'), 'utf8');
    const rows = families.flatMap(({ title, codes }) => [
      `## ${title}`,
      ...codes.map(({ code, title: says, severity, opinion }) => {
        return `| [${code}](${code}.md) | ${says} | ${severity}${opinion === true ? ', opinion' : ''} |`;
      }),
    ]);
    const written = index.split('\n').filter((line) => line.startsWith('## ') || line.startsWith('| ['));
    assert.deepEqual(written, rows);
  });

  for (const { code, title } of listed) {
    describe(code, () => {
      it('has its name, its title, two examples and a source', () => {
        const text = page(code);
        assert.equal(text.split('\n')[0], `# ${code}`);
        assert.ok(text.includes(`\n${title}.\n`), `the title "${title}" is not in the page`);
        assert.equal(examples(text).length, 2);
        assert.match(text, /^## Source\n\n\S/m);
      });

      it('finds the wrong example wrong and the right one right', () => {
        const text = page(code);
        const [wrong = '', right = ''] = examples(text);
        const options = optionsOf(text, code);
        const codes = lintText(wrong, options).map((finding) => finding.code);
        assert.ok(codes.includes(code), `the wrong example has only: ${codes.join(', ')}`);
        const left = lintText(right, options).filter((f) => f.code === code || f.severity === 'error');
        assert.deepEqual(
          left.map((finding) => `${finding.code}: ${finding.message}`),
          [],
        );
      });
    });
  }
});
