import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { proposalTexts } from '../../../src/probe/standIn/proposal.ts';
import { texts as summaries } from '../../../src/probe/texts.ts';

const root = path.join(import.meta.dirname, '../../..');
const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

interface Call {
  readonly where: string;
  readonly text: string | undefined;
  readonly given: number;
}

/** Every call of `vscode.l10n.t` in the interface; a text that is no literal is undefined. */
function calls(): readonly Call[] {
  return globSync('src/ui/**/*.ts', { cwd: root }).flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: Call[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === 'vscode.l10n.t') {
        const [text] = node.arguments;
        found.push({
          where: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
          text: text && ts.isStringLiteralLike(text) ? text.text : undefined,
          given: node.arguments.length - 1,
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

describe('Texts in the code', () => {
  const all = calls();

  it('are found', () => {
    assert.ok(all.length > 100, String(all.length));
  });

  it('are literals, but for the sentences about verdicts and stand-ins', () => {
    const others = all.filter(({ text }) => text === undefined).map(({ where }) => where.split(':')[0]);
    assert.deepEqual(others.sort(), [
      path.join('src', 'ui', 'checks', 'standIns.ts'),
      path.join('src', 'ui', 'host', 'verdictText.ts'),
    ]);
  });

  it('get a value for each placeholder, and no more', () => {
    for (const { where, text, given } of all) {
      if (text === undefined) continue;
      const placeholders = new Set([...text.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])));
      assert.equal(given, placeholders.size, `${where}: ${text}`);
      for (let index = 0; index < given; index++) assert.ok(placeholders.has(index), `${where}: ${text}`);
    }
  });

  it('stand in l10n/bundle.l10n.json for translators (UPDATE_L10N=1 writes it)', () => {
    const core = [
      ...Object.values(summaries),
      ...Object.values(proposalTexts).flatMap((each) => Object.values(each)),
    ];
    const wanted = new Set([...all.flatMap(({ text }) => text ?? []), ...core]);
    const bundle = Object.fromEntries([...wanted].sort().map((text) => [text, text]));
    if (process.env.UPDATE_L10N !== undefined) {
      writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`);
    }
    assert.deepEqual(JSON.parse(readFileSync(bundleFile, 'utf8')), bundle);
  });
});
