import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, fixText, lintText, type Finding, type Fix } from '../../../src/rules/index.ts';

const root = path.join(import.meta.dirname, '../../..');

/** Manifests with something wrong in each: the examples of the pages, and those that a server was asked about. */
function samples(): readonly { title: string; text: string }[] {
  const pages = readdirSync(path.join(root, 'docs/rules')).flatMap((file) => {
    const text = readFileSync(path.join(root, 'docs/rules', file), 'utf8');
    return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => ({
      title: file,
      text: match[1] ?? '',
    }));
  });
  const verdicts = readFileSync(path.join(root, 'test/fixtures/verdicts.ndjson'), 'utf8').trim().split('\n');
  return [
    ...pages,
    ...verdicts.map((line) => {
      const { id, yaml } = JSON.parse(line) as { id: string; yaml: string };
      return { title: id, text: yaml };
    }),
  ];
}

function count(findings: readonly Finding[], code: string): number {
  return findings.filter((finding) => finding.code === code).length;
}

const all = samples().flatMap(({ title, text }) => {
  const findings = lintText(text);
  return findings.flatMap((finding) => finding.fixes.map((fix) => ({ title, text, findings, finding, fix })));
});

describe('fixes', () => {
  it('exist for most rules', () => {
    const fixed = new Set(all.map(({ finding }) => finding.code));
    assert.ok(fixed.size >= 75, `only ${fixed.size} rules have a fix in the samples`);
  });

  it('each cures its finding and leaves YAML that can be read', () => {
    const failures = all.flatMap(({ title, text, findings, finding, fix }) => {
      const fixed = applyEdits(text, fix.edits);
      const after = lintText(fixed);
      const cured = count(after, finding.code) < count(findings, finding.code);
      const readable = count(after, 'yaml-syntax') <= count(findings, 'yaml-syntax');
      return cured && readable ? [] : [`${title}: ${finding.code}: ${fix.title}\n${fixed}`];
    });
    assert.deepEqual(failures, []);
  });

  it('touch nothing but their own lines', () => {
    for (const { text, fix } of all) {
      const before = text.split('\n');
      const after = new Set(applyEdits(text, fix.edits).split('\n'));
      const touched = new Set(linesOf(fix));
      before.forEach((line, index) => {
        if (!touched.has(index)) assert.ok(after.has(line), `${fix.title} changed the line "${line}"`);
      });
    }
  });

  it('preferred ones, applied until none is left, make no new kind of error', () => {
    for (const { title, text } of samples()) {
      const before = new Set(lintText(text).map((finding) => finding.code));
      const fixed = fixText(text);
      const news = lintText(fixed.text).filter((f) => f.severity === 'error' && !before.has(f.code));
      assert.deepEqual(
        news.map((finding) => `${title}: ${finding.code}: ${finding.message}\n${fixed.text}`),
        [],
      );
    }
  });

  it('at most one of a finding is preferred', () => {
    for (const { finding } of all)
      assert.ok(finding.fixes.filter((fix) => fix.preferred === true).length <= 1);
  });
});

function linesOf(fix: Fix): readonly number[] {
  return fix.edits.flatMap(({ range }) => {
    const lines: number[] = [];
    for (let line = range.start.line; line <= range.end.line; line++) lines.push(line);
    return lines;
  });
}
