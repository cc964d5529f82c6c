import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { Meanings } from '../../../src/manifest/describe/meanings.ts';
import { checkTexts, matrixTexts, noteTexts, verdictWords } from '../../../src/probe/reportTexts.ts';
import { proposalTexts } from '../../../src/probe/standIn/proposal.ts';
import { texts as summaries } from '../../../src/probe/texts.ts';
import { families } from '../../../src/rules/index.ts';

const root = path.join(import.meta.dirname, '../../..');
const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

interface Call {
  readonly where: string;
  readonly text: string | undefined;
  readonly given: number | undefined;
}

interface Found {
  readonly where: string;
  readonly args: readonly ts.Expression[];
  readonly atModuleLevel: boolean;
}

/** Every call of a function with such a name, in files whose text has a word. */
function callsOf(name: RegExp, pattern = 'src/ui/**/*.ts', word = ''): readonly Found[] {
  return globSync(pattern, { cwd: root }).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (!text.includes(word)) return [];
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      if (
        (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
        name.test(node.expression.getText(source))
      ) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const atModuleLevel = ts.findAncestor(node, ts.isFunctionLike) === undefined;
        found.push({ where: `${file}:${line}`, args: [...(node.arguments ?? [])], atModuleLevel });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** A text that is no literal, and how many values a spread gives, are undefined. */
function callOf({ where, args: [text, ...values] }: Found): Call {
  const isKnown = !values.some((value) => ts.isSpreadElement(value));
  return {
    where,
    text: text && ts.isStringLiteralLike(text) ? text.text : undefined,
    given: isKnown ? values.length : undefined,
  };
}

/** Whether a text with words in it stands there, which no `t` says. */
function holdsEnglish(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return false;
  const pieces = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
    : ts.isStringLiteralLike(node)
      ? [node.text]
      : [];
  if (pieces.some((piece) => /[A-Za-z]{2,} | [A-Za-z]{2,}/.test(piece))) return true;
  return ts.forEachChild(node, (child) => holdsEnglish(child)) ?? false;
}

/** Every call of `t` of base/l10n.ts. */
const ofCore = callsOf(/^t$/, 'src/**/*.ts', '/l10n.ts');

describe('Texts in the code', () => {
  const all = [...callsOf(/^vscode\.l10n\.t$/), ...ofCore].map(callOf);

  it('are found', () => {
    assert.ok(all.length - ofCore.length > 100, String(all.length - ofCore.length));
    assert.ok(ofCore.length > 1000, String(ofCore.length));
  });

  it('are literals, but for those of the core', () => {
    const others = all.filter(({ text }) => text === undefined).map(({ where }) => where.split(':')[0]);
    assert.deepEqual(
      others.sort(),
      [
        ['manifest', 'describe', 'meanings.ts'],
        ['ui', 'host', 'say.ts'],
      ].map((names) => path.join('src', ...names)),
    );
  });

  it('are said when they are needed: while modules load, no language is set', () => {
    const early = ofCore.filter(({ atModuleLevel }) => atModuleLevel).map(({ where }) => where);
    assert.deepEqual(early, []);
  });

  it('are said wherever a rule reports and an error is explained', () => {
    const pure = 'src/{base,model,manifest,rules,reach,probe,trace,cluster}/**/*.ts';
    const messages = [
      ...callsOf(/^(?:context\.)?report$/, pure).map(({ where, args }) => ({
        where,
        shown: args.slice(1, 2),
      })),
      ...callsOf(/^ExplainedError$/, pure).map(({ where, args }) => ({ where, shown: args.slice(1) })),
    ];
    assert.ok(messages.length > 500, String(messages.length));
    const unsaid = messages.filter(({ shown }) => shown.some(holdsEnglish)).map(({ where }) => where);
    assert.deepEqual(unsaid, []);
  });

  it('do not begin or end in the middle of a sentence', () => {
    const pieces = all.filter(({ text }) => text !== undefined && text !== text.trim());
    const joined = new Set([' or ', ' and ']);
    assert.deepEqual(
      pieces.filter(({ text }) => !joined.has(text ?? '')).map(({ where }) => where),
      [],
    );
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
      if (given !== undefined) assert.equal(given, placeholders.size, `${where}: ${text}`);
      for (let index = 0; index < placeholders.size; index++)
        assert.ok(placeholders.has(index), `${where}: ${text}`);
    }
  });

  it('are said by vscode.l10n.t by its full name, since no other is looked for', () => {
    const elsewhere = callsOf(/^(?:l10n\.)?t$/, 'src/ui/**/*.ts', 'vscode.l10n').map(({ where }) => where);
    const known = new Set(ofCore.map(({ where }) => where));
    assert.deepEqual(
      elsewhere.filter((where) => !known.has(where)),
      [],
    );
  });

  it('stand in l10n/bundle.l10n.json for translators (UPDATE_L10N=1 writes it)', () => {
    const core = [
      ...Object.values(summaries),
      ...Object.values(proposalTexts).flatMap((each) => Object.values(each)),
      ...families.flatMap(({ title, codes }) => [title, ...codes.map((rule) => rule.title)]),
      ...new Meanings().texts,
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
