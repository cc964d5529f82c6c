import { t } from '../../base/l10n.ts';
import { withoutArrows } from '../arrows.ts';
import { toJson } from '../node.ts';
import { kindsByName } from '../schema/kinds.ts';
import type { Schema } from '../schema/schema.ts';
import { plainBlanks } from './characters.ts';
import { assess, swallowedItem, type Assessment } from './damage.ts';
import { changesOf, differenceOf, lostIn, notesOf, type Remark } from './describe.ts';
import { withoutLayout } from './layout.ts';
import { render } from './render.ts';
import { search, type SearchResult, type Solution } from './search.ts';
import type { SourceLine } from './token.ts';
import { tokenize } from './tokenize.ts';

export interface RepairedDocument {
  readonly text: string;
  readonly isChanged: boolean;
  readonly changes: readonly Remark[];
  readonly notes: readonly Remark[];
  readonly unplaced: readonly Remark[];
  readonly alternatives: readonly { readonly title: string; readonly line: number; readonly text: string }[];
}

/** Longer documents are left as they are: nobody copies so much from a page. */
const maximumLength = 1_000_000;
const maximumTokens = 25_000;

/** Repairs one document's text, from its `---` on. @param firstLine number of its first line in the file, from 0. */
export function repairDocument(text: string, firstLine: number, schema: Schema): RepairedDocument {
  const before = judged(text, schema);
  if (before.state === 'sound') return sound(text, firstLine, before);
  if (before.state === 'foreign') return foreign(text, firstLine);
  if (text.length > maximumLength) return refused(text, firstLine, tooLarge());
  const head = /^(?:---[^\S\r\n]*(?:#.*)?(?:\r\n|\n|\r)|%.*(?:\r\n|\n|\r))+/.exec(text)?.[0] ?? '';
  const headLines = head.split(/\r\n|\n|\r/).length - 1;
  const { lines, removed } = withoutLayout(text.slice(head.length), firstLine + headLines);
  const tokens = tokenize(lines);
  if (tokens.length > maximumTokens) return refused(text, firstLine, tooLarge());
  const found = search(tokens, schema);
  const { best } = found;
  if (!best.ops.some((op) => op.does === 'document')) return withoutStructure(text, firstLine, schema);
  const write = (solution: Solution): string => inStyleOf(text, head + render(solution.ops, lines));
  const repaired = write(best);
  const lost = lostIn(best);
  const after = assess(repaired, schema);
  if (after.state === 'unreadable' || after.state === 'foreign') {
    return refused(text, firstLine, t('No reading of this text became valid YAML; it was left as it is.'));
  }
  // YAML that can be read is only changed for the better, and without losing any of it.
  if (before.state === 'misshapen' && !isBetter(before, after, best)) {
    return {
      ...kept(text),
      notes: [
        {
          line: firstLine,
          message: t(
            'Some fields are not known where they stand, and no better place was found for them; "lint" says which.',
          ),
        },
      ],
    };
  }
  const changes = [
    ...removed.map(({ line, what }) => ({ line, message: t('Removed {0}.', what) })),
    ...oddBlanks(lines),
    ...changesOf(best),
  ];
  return {
    text: repaired,
    isChanged: repaired !== text,
    changes:
      changes.length === 0 ? [{ line: firstLine, message: t('The text was laid out anew.') }] : changes,
    notes: [...notesOf(best, found.crowded), ...unknownKinds(best)],
    unplaced: lost.map(({ line, message }) => ({ line, message: t('No place was found for: {0}', message) })),
    alternatives: alternativesOf(found, after, schema, write),
  };
}

/** Whether YAML that can be read got better: one field that nobody knows is no reason to make it a comment. */
function isBetter(before: Assessment, after: Assessment, { ops }: Solution): boolean {
  const lost = ops.filter((op) => op.does === 'lost' && op.token.kind === 'key').length;
  return after.misplaced + lost < before.misplaced && (lost === 0 || before.misplaced > 2);
}

/** Line numbers and prompts can make a manifest look like other YAML. */
function judged(text: string, schema: Schema): Assessment {
  const first = assess(text, schema);
  if (first.state !== 'foreign' || text.length > maximumLength || !text.includes('apiVersion:')) return first;
  const { lines, removed } = withoutLayout(text, 0);
  if (removed.length === 0) return first;
  const { state } = assess(lines.map((line) => line.text).join('\n'), schema);
  return state === 'foreign' ? first : { ...first, state: 'unreadable', misplaced: Infinity };
}

/** Sound texts stay as they are, also where one of them may not mean what it says. */
function sound(text: string, firstLine: number, { roots }: Assessment): RepairedDocument {
  const at = roots.map((root) => swallowedItem(root, text)).find((found) => found !== undefined);
  if (at === undefined) return kept(text);
  const line = firstLine + text.slice(0, at).split('\n').length - 1;
  const message = t(
    'This line is read as more of the text above it. Indent it like the other items if it is one.',
  );
  return { ...kept(text), notes: [{ line, message }] };
}

function foreign(text: string, line: number): RepairedDocument {
  if (
    /\bkind:/.test(text) &&
    text.includes('apiVersion:') &&
    !/^\s*[\w-]+:/m.test(text.replace(/^\s*kind:.*/m, ''))
  ) {
    return refused(text, line, t('No manifest could be recognised in this text; it was left as it is.'));
  }
  if (/^\s*(?:#.*|---.*|\s)*$/.test(text.slice(0, 10_000))) return kept(text);
  return {
    ...kept(text),
    notes: [{ line, message: t('This is no Kubernetes manifest; it was left as it is.') }],
  };
}

/** More alternatives would not help to choose. */
const offered = 4;

const tooLarge = (): string =>
  t('This document is too large to be repaired. Split it, and repair the parts.');

function kept(text: string): RepairedDocument {
  return { text, isChanged: false, changes: [], notes: [], unplaced: [], alternatives: [] };
}

function refused(text: string, line: number, message: string): RepairedDocument {
  return { ...kept(text), unplaced: [{ line, message }] };
}

/** Of a kind whose fields are not known only the characters can be repaired. */
function withoutStructure(text: string, firstLine: number, schema: Schema): RepairedDocument {
  const { lines, removed } = withoutLayout(text, firstLine);
  const clean = lines.map((line) => cleanLine(line)).join('\n');
  const repaired = inStyleOf(text, withoutArrows(clean).text);
  if (assess(repaired, schema).state === 'sound' && repaired !== text) {
    const changes = removed.map(({ line, what }) => ({ line, message: t('Removed {0}.', what) }));
    const message = t('Tabs, odd blanks, quotes or arrows were exchanged for what YAML can read.');
    return {
      ...kept(text),
      text: repaired,
      isChanged: true,
      changes: [...changes, { line: firstLine, message }],
    };
  }
  const kind = /(?:^|\s)kind:\s+["']?([\w.-]+)/.exec(text)?.[1];
  if (kind === undefined) {
    const message = t(
      'There is no kind in this document, so its structure cannot be put back; it was left as it is.',
    );
    return refused(text, firstLine, message);
  }
  const isKnown = kindsByName.has(kind.toLowerCase()) && !/apiVersion:\s+\S+\.(?!k8s\.io)\w+\//.test(text);
  const why = isKnown
    ? t('Too little of this document has a place, so its structure cannot be put back; it was left as it is.')
    : t(
        'The fields of the kind "{0}" are not known here, so its structure cannot be put back; it was left as it is.',
        kind,
      );
  return refused(text, firstLine, why);
}

function cleanLine({ text }: SourceLine): string {
  const plain = plainBlanks(text);
  const indent = /^[ \t]*/.exec(plain)?.[0] ?? '';
  const rest = plain
    .slice(indent.length)
    .replace(/(^|[\s[{,:])[“”„]([^“”„"]*)[“”„](?=$|[\s\]},:])/gu, '$1"$2"');
  return indent.replaceAll('\t', '  ') + rest;
}

/** Tabs in the indentation, and blanks that are none. */
function oddBlanks(lines: readonly SourceLine[]): readonly Remark[] {
  const odd = lines.filter(({ text }) => /^\s*\t/.test(text) || text !== plainBlanks(text));
  const [first] = odd;
  if (first === undefined) return [];
  const message =
    odd.length === 1
      ? t('Tabs and odd blanks became plain blanks (1 line).')
      : t('Tabs and odd blanks became plain blanks ({0} lines).', odd.length);
  return [{ line: first.number, message }];
}

/** Line breaks as the text had them, and none at the end where it had none. */
function inStyleOf(text: string, written: string): string {
  const ended = /[\r\n]$/.test(text) || !written.endsWith('\n') ? written : written.slice(0, -1);
  return text.includes('\r\n') ? ended.replace(/\r?\n/g, '\r\n') : ended;
}

/** Names documents that were taken for text around the manifests because their kind is not known. */
function unknownKinds({ ops }: Solution): readonly Remark[] {
  return ops.flatMap((op, index) => {
    if (op.does !== 'outside' || op.token.kind !== 'key' || op.token.name !== 'kind') return [];
    const value = ops[index + 1]?.token.raw ?? '';
    const message = t(
      '"kind: {0}" was not read as a manifest: the fields of this kind are not known here.',
      value,
    );
    return [{ line: op.token.line, message }];
  });
}

function alternativesOf(
  { best, others }: SearchResult,
  after: Assessment,
  schema: Schema,
  write: (solution: Solution) => string,
): RepairedDocument['alternatives'] {
  const seen = new Set([meaning(after)]);
  const found = others.flatMap((other) => {
    const text = write(other);
    const assessed = assess(text, schema);
    const meant = meaning(assessed);
    if (assessed.state !== 'sound' || assessed.misplaced > after.misplaced || seen.has(meant)) return [];
    seen.add(meant);
    const difference = differenceOf(best, other);
    return [{ title: difference?.message ?? t('Read otherwise'), line: difference?.line ?? 0, text }];
  });
  return found.slice(0, offered);
}

function meaning({ roots }: Assessment): string {
  return JSON.stringify(roots.map(toJson));
}
