import { withoutArrows } from '../arrows.ts';
import { toJson } from '../node.ts';
import type { Schema } from '../schema/schema.ts';
import { plainBlanks } from './characters.ts';
import { assess, type Assessment } from './damage.ts';
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
const maximumTokens = 60_000;

/** Repairs one document's text, from its `---` on. @param firstLine number of its first line in the file, from 0. */
export function repairDocument(text: string, firstLine: number, schema: Schema): RepairedDocument {
  const before = assess(text, schema);
  if (before.state === 'sound' || before.state === 'foreign') return kept(text);
  if (text.length > maximumLength) return refused(text, firstLine, tooLarge);
  const head = /^(?:---[^\S\r\n]*(?:#.*)?(?:\r\n|\n|\r)|%.*(?:\r\n|\n|\r))+/.exec(text)?.[0] ?? '';
  const headLines = head.split(/\r\n|\n|\r/).length - 1;
  const { lines, removed } = withoutLayout(text.slice(head.length), firstLine + headLines);
  const tokens = tokenize(lines);
  if (tokens.length > maximumTokens) return refused(text, firstLine, tooLarge);
  const found = search(tokens, schema);
  const { best } = found;
  if (!best.ops.some((op) => op.does === 'document'))
    return withoutStructure(text, firstLine, before, schema);
  const write = (solution: Solution): string => inStyleOf(text, head + render(solution.ops, lines));
  const repaired = write(best);
  const lost = lostIn(best);
  const after = assess(repaired, schema);
  if (after.state === 'unreadable' || after.state === 'foreign') {
    return refused(text, firstLine, 'No reading of this text became valid YAML; it was left as it is.');
  }
  // YAML that can be read is only changed for the better, and without losing any of it.
  if (before.state === 'misshapen' && (lost.length > 0 || after.misplaced >= before.misplaced)) {
    return {
      ...kept(text),
      notes: [
        {
          line: firstLine,
          message:
            'Some fields are not known where they stand, and no better place was found for them; "lint" says which.',
        },
      ],
    };
  }
  const changes = [
    ...removed.map(({ line, what }) => ({ line, message: `Removed ${what}.` })),
    ...changesOf(best),
  ];
  return {
    text: repaired,
    isChanged: repaired !== text,
    changes: changes.length === 0 ? [{ line: firstLine, message: 'The text was laid out anew.' }] : changes,
    notes: [...notesOf(best, found.crowded), ...unknownKinds(best)],
    unplaced: lost.map(({ line, message }) => ({ line, message: `No place was found for: ${message}` })),
    alternatives: alternativesOf(found, after, schema, write),
  };
}

const tooLarge = 'This document is too large to be repaired. Split it, and repair the parts.';

function kept(text: string): RepairedDocument {
  return { text, isChanged: false, changes: [], notes: [], unplaced: [], alternatives: [] };
}

function refused(text: string, line: number, message: string): RepairedDocument {
  return { ...kept(text), unplaced: [{ line, message }] };
}

/** Of a kind whose fields are not known only the characters can be repaired. */
function withoutStructure(
  text: string,
  firstLine: number,
  before: Assessment,
  schema: Schema,
): RepairedDocument {
  if (before.state === 'misshapen') return kept(text);
  const { lines, removed } = withoutLayout(text, firstLine);
  const clean = lines.map((line) => cleanLine(line)).join('\n');
  const repaired = inStyleOf(text, withoutArrows(clean).text);
  if (assess(repaired, schema).state === 'sound' && repaired !== text) {
    const changes = removed.map(({ line, what }) => ({ line, message: `Removed ${what}.` }));
    const message = 'Tabs, odd blanks, quotes or arrows were exchanged for what YAML can read.';
    return {
      ...kept(text),
      text: repaired,
      isChanged: true,
      changes: [...changes, { line: firstLine, message }],
    };
  }
  const kind = /(?:^|\s)kind:\s+["']?([\w.-]+)/.exec(text)?.[1];
  const what =
    kind === undefined
      ? 'There is no kind in this document'
      : `The fields of the kind "${kind}" are not known here`;
  return refused(text, firstLine, `${what}, so its structure cannot be put back; it was left as it is.`);
}

function cleanLine({ text }: SourceLine): string {
  const plain = plainBlanks(text);
  const indent = /^[ \t]*/.exec(plain)?.[0] ?? '';
  const rest = plain
    .slice(indent.length)
    .replace(/(^|[\s[{,:])[“”„]([^“”„"]*)[“”„](?=$|[\s\]},:])/gu, '$1"$2"');
  return indent.replaceAll('\t', '  ') + rest;
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
    const message = `"kind: ${value}" was not read as a manifest: the fields of this kind are not known here.`;
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
  return others.flatMap((other) => {
    const text = write(other);
    const assessed = assess(text, schema);
    const meant = meaning(assessed);
    if (assessed.state !== 'sound' || assessed.misplaced > after.misplaced || seen.has(meant)) return [];
    seen.add(meant);
    const difference = differenceOf(best, other);
    return [{ title: difference?.message ?? 'Read otherwise', line: difference?.line ?? 0, text }];
  });
}

function meaning({ roots }: Assessment): string {
  return JSON.stringify(roots.map(toJson));
}
