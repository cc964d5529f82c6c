import { t } from '../../base/l10n.ts';
import { MapNode, type Node, type ScalarNode } from '../../manifest/node.ts';
import type { Type } from '../../manifest/schema/schema.ts';
import { columnOf, fix, replaceFix } from '../edits.ts';
import { pathText } from '../fields.ts';
import type { Edit, FixDraft, Rule } from '../rule.ts';

/** A value of another type than the field's. Booleans in the place of text have their own rule, yaml-boolean. */
export const wrongType: Rule = {
  code: 'wrong-type',
  title: 'A value of another type than the field takes',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'type') continue;
      const { node, expected, path } = issue;
      if (isBooleanForText(node, expected)) continue;
      const at = node.type === 'scalar' || issue.entry === undefined ? node : issue.entry.key;
      context.report(
        at.start === at.end && issue.entry ? issue.entry.key : at,
        t('{0} takes {1}, but this is {2}.', pathText(path), nameOf(expected), describe(node, expected)),
        {
          fixes: fixesFor(node, expected, context.text),
        },
      );
    }
  },
};

/** `off` where text belongs: said by the rule yaml-boolean. */
export function isBooleanForText(node: Node, expected: Type): boolean {
  const takesText =
    expected.is === 'scalar' &&
    ['text', 'int-or-text', 'quantity', 'time', 'base64'].includes(expected.scalar);
  return takesText && node.type === 'scalar' && typeof node.value === 'boolean';
}

const names: Readonly<Record<string, () => string>> = {
  text: () => t('text'),
  int32: () => t('a whole number'),
  int64: () => t('a whole number'),
  number: () => t('a number'),
  boolean: () => t('true or false'),
  quantity: () => t('a quantity such as 500m or 1Gi'),
  'int-or-text': () => t('a whole number or a name'),
  time: () => t('a time such as 2030-01-31T12:00:00Z'),
  base64: () => t('text in base64'),
};

function nameOf(type: Type): string {
  switch (type.is) {
    case 'list':
      return t('a list');
    case 'map':
    case 'object':
      return t('a map of fields');
    case 'scalar':
      return names[type.scalar]?.() ?? type.scalar;
  }
}

function describe(node: Node, expected: Type): string {
  if (node.type === 'list') return t('a list');
  if (node.type === 'map') return t('a map');
  if (typeof node.value === 'number') {
    if (expected.is === 'scalar' && expected.scalar !== 'text' && Number.isInteger(node.value))
      return t('too large a number');
    return t('the number {0}', node.text);
  }
  if (typeof node.value === 'boolean') return t('the boolean {0}', node.text);
  const quoted = node.style === 'single' || node.style === 'double';
  return quoted && looksRight(node, expected) ? t('text, because of the quotes') : t('text');
}

function looksRight(node: ScalarNode, expected: Type): boolean {
  if (expected.is !== 'scalar') return false;
  if (expected.scalar === 'boolean') return node.text === 'true' || node.text === 'false';
  return (
    ['int32', 'int64', 'number', 'int-or-text'].includes(expected.scalar) &&
    /^-?(?:0|[1-9]\d*)$/.test(node.text)
  );
}

function fixesFor(node: Node, expected: Type, text: string): readonly FixDraft[] {
  if (expected.is === 'list') return [...listFixes(node, expected.of, text)];
  if (expected.is !== 'scalar' || node.type !== 'scalar') return [];
  if (expected.scalar === 'text' && typeof node.value === 'number') {
    return [replaceFix(t('Quote: "{0}"', node.text), node, `"${node.text}"`, true)];
  }
  if (looksRight(node, expected))
    return [replaceFix(t('Without quotes: {0}', node.text), node, node.text, true)];
  if (
    expected.scalar === 'boolean' &&
    typeof node.value === 'string' &&
    /^(?:true|false)$/i.test(node.text)
  ) {
    return [replaceFix(t('Write {0}', node.text.toLowerCase()), node, node.text.toLowerCase(), true)];
  }
  return [];
}

function* listFixes(node: Node, of: Type, text: string): Generator<FixDraft> {
  const takesText = of.is === 'scalar' && of.scalar === 'text';
  if (node.type === 'scalar' && takesText && node.style !== 'block') {
    yield replaceFix(t('Make it a list of one'), node, `[${JSON.stringify(node.text)}]`, true);
  } else if (node instanceof MapNode && of.is === 'object') {
    if (node.flow)
      yield fix(
        { title: t('Make it a list of one'), preferred: true },
        before(node.start, '['),
        before(node.end, ']'),
      );
    else yield fix({ title: t('Make it a list of one'), preferred: true }, ...dashed(node, text));
  }
}

function before(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

/** A dash before the first line, two blanks before the others. */
function dashed(node: MapNode, text: string): readonly Edit[] {
  const edits: Edit[] = [before(node.start, '- ')];
  const indent = columnOf(text, node.start);
  for (let at = text.indexOf('\n', node.start); at !== -1 && at < node.end; at = text.indexOf('\n', at + 1)) {
    const blank = text.slice(at + 1, at + 1 + indent);
    if (at + 1 < node.end && blank.trim() === '') edits.push(before(at + 1, '  '));
  }
  return edits;
}
