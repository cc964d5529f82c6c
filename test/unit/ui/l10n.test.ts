import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { checkTexts, matrixTexts, noteTexts, verdictWords } from '../../../src/probe/reportTexts.ts';
import { proposalTexts } from '../../../src/probe/standIn/proposal.ts';
import { texts as summaries } from '../../../src/probe/texts.ts';

const root = path.join(import.meta.dirname, '../../..');
const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

interface Call {
  readonly where: string;
  readonly text: string | undefined;
  readonly given: number;
}

/** Every call in the interface of a function with such a name. */
function callsOf(name: RegExp): readonly { where: string; args: readonly ts.Expression[] }[] {
  return globSync('src/ui/**/*.ts', { cwd: root }).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: { where: string; args: readonly ts.Expression[] }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && name.test(node.expression.getText(source))) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({ where: `${file}:${line}`, args: node.arguments });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Every call of `vscode.l10n.t`; a text that is no literal is undefined. */
function calls(): readonly Call[] {
  return callsOf(/^vscode\.l10n\.t$/).map(({ where, args: [text, ...values] }) => ({
    where,
    text: text && ts.isStringLiteralLike(text) ? text.text : undefined,
    given: values.length,
  }));
}

describe('Texts in the code', () => {
  const all = calls();

  it('are found', () => {
    assert.ok(all.length > 100, String(all.length));
  });

  it('are literals, but for those of the core', () => {
    const others = all.filter(({ text }) => text === undefined).map(({ where }) => where.split(':')[0]);
    assert.deepEqual(others, [path.join('src', 'ui', 'host', 'say.ts')]);
  });

  it('are said in the language of the user where the core writes a report', () => {
    const written = callsOf(
      /^(?:reportMarkdown|matrixMarkdown|planEverything|planRows|expectationText)$/,
    ).filter(
      // That folder has a report of its own, which is not of the core.
      ({ where }) => !where.startsWith(path.join('src', 'ui', 'explain')),
    );
    assert.ok(written.length > 3);
    for (const { where, args } of written) assert.equal(args.at(-1)?.getText(), 'say', where);
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
      ...[checkTexts, matrixTexts, noteTexts, verdictWords].flatMap((each) => Object.values(each)),
    ];
    const wanted = new Set([...all.flatMap(({ text }) => text ?? []), ...core]);
    const bundle = Object.fromEntries([...wanted].sort().map((text) => [text, text]));
    if (process.env.UPDATE_L10N !== undefined) {
      writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`);
    }
    assert.deepEqual(JSON.parse(readFileSync(bundleFile, 'utf8')), bundle);
  });
});
