import { t } from '../../base/l10n.ts';
import { isBlank } from './characters.ts';
import type { SourceLine } from './token.ts';

/** A text without what pages and terminals put before its lines, and what was taken away. */
export interface CleanLines {
  readonly lines: readonly SourceLine[];
  readonly removed: readonly { readonly line: number; readonly what: string }[];
}

const fence = /^\s*(?:`{3,}|~{3,})\s*[\w.-]*\s*$/;
const numbered = /^[\s\u00a0]*(\d{1,5})(?:[ \t\u00a0]*[|│┃→][ \t\u00a0]?|[.:)][ \t\u00a0]?|[ \t\u00a0]|$)/u;
const keyLine = /^\s*(?:- +)*[A-Za-z][\w./-]*:(?:\s|$)/;

/** Removes code fences, line numbers and prompts, where they stand before most of the lines. */
export function withoutLayout(text: string, firstLine: number): CleanLines {
  const removed: { line: number; what: string }[] = [];
  let lines: readonly SourceLine[] = text
    .split(/\r\n|\n|\r/)
    .map((each, index) => ({ text: each, number: firstLine + index }));
  const take = (what: string, change: (lines: readonly SourceLine[]) => readonly SourceLine[]): void => {
    const before = lines;
    lines = change(lines);
    if (lines === before) return;
    removed.push({ line: before[0]?.number ?? firstLine, what });
  };
  take(t('code fences'), (all) => dropped(all, (line) => fence.test(line.text)));
  take(t('a column of line numbers'), withoutNumberColumn);
  take(t('line numbers'), withoutNumbers);
  take(t('quote marks (">") before the lines'), (all) => withoutPrefix(all, /^[\s\u00a0]*>[ \u00a0]?/u));
  take(t('plus signs before the lines'), (all) => withoutPrefix(all, /^\+/));
  take(t('prompts ("$") before the lines'), (all) =>
    changed(all, (line) =>
      /^\s*\$\s+\S/.test(line) && keyLine.test(line.replace(/^\s*\$\s/, ''))
        ? line.replace(/^\s*\$\s/, '')
        : line,
    ),
  );
  take(t('prompts ("#") before the lines'), withoutHashes);
  take(t('odd blanks, in quotes as well'), withoutOddBlanks);
  take(t('blanks before colons'), withoutLooseColons);
  take(t('keys that stuck to their values'), withStuckKeys);
  return { lines, removed };
}

const headKey = '(?:apiVersion|kind|metadata)';

/** A page that made every blank a non-breaking one did so within quotes, too. */
function withoutOddBlanks(all: readonly SourceLine[]): readonly SourceLine[] {
  if (all.some(({ text }) => text.includes(' ')) || !all.some(({ text }) => text.includes(':\u00a0')))
    return all;
  return changed(all, (text) => text.replaceAll('\u00a0', ' '));
}

/** `kind : Pod`; not where a text over several lines could say the like. */
function withoutLooseColons(all: readonly SourceLine[]): readonly SourceLine[] {
  const isLoose = all.some(({ text }) => new RegExp(`^\\s*${headKey} +:(?:\\s|$)`).test(text));
  if (!isLoose || hasBlockText(all)) return all;
  return changed(all, (text) => text.replace(/^(\s*(?:- +)*[A-Za-z][\w./-]*) +:(?=\s|$)/, '$1:'));
}

/** `kind:Pod`, with what else is written so. */
function withStuckKeys(all: readonly SourceLine[]): readonly SourceLine[] {
  const isStuck = all.some(({ text }) => /^\s*(?:apiVersion|kind):[A-Za-z]/.test(text));
  if (!isStuck || hasBlockText(all)) return all;
  return changed(all, (text) =>
    text.replace(/^(\s*(?:- +)*(?:apiVersion|kind|name|namespace|image|type)):(?=[A-Za-z0-9])/, '$1: '),
  );
}

function hasBlockText(all: readonly SourceLine[]): boolean {
  return all.some(({ text }) => /:\s*[|>][-+0-9]*\s*$/.test(text));
}

function dropped(all: readonly SourceLine[], drop: (line: SourceLine) => boolean): readonly SourceLine[] {
  return all.some(drop) ? all.filter((line) => !drop(line)) : all;
}

function changed(all: readonly SourceLine[], change: (text: string) => string): readonly SourceLine[] {
  const next = all.map((line) => ({ text: change(line.text), number: line.number }));
  return next.some((line, index) => line.text !== all[index]?.text) ? next : all;
}

function full(all: readonly SourceLine[]): readonly SourceLine[] {
  return all.filter((line) => !isEmpty(line.text));
}

function isEmpty(text: string): boolean {
  for (const character of text) if (!isBlank(character)) return false;
  return true;
}

/** Numbers that count up line by line, before nearly every line that is not empty. */
function withoutNumbers(all: readonly SourceLine[]): readonly SourceLine[] {
  const lines = full(all);
  const numbers = lines.map((line) => Number(numbered.exec(line.text)?.[1] ?? Number.NaN));
  const rising = numbers.filter(
    (number, index) =>
      index === 0 || (number > (numbers[index - 1] ?? 0) && number <= (numbers[index - 1] ?? 0) + 4),
  );
  const counted = numbers.filter((number) => !Number.isNaN(number)).length;
  if (lines.length < 3 || counted < 0.8 * lines.length || rising.length < 0.8 * counted) return all;
  return changed(all, (text) => text.replace(numbered, ''));
}

/** The numbers of a page's margin, copied as lines of their own. */
function withoutNumberColumn(all: readonly SourceLine[]): readonly SourceLine[] {
  const isNumber = (line: SourceLine | undefined, value: number): boolean =>
    line?.text.trim() === String(value);
  for (let start = 0; start < all.length; start++) {
    if (!isNumber(all[start], 1)) continue;
    let count = 1;
    while (isNumber(all[start + count], count + 1)) count += 1;
    if (count >= 3) return [...all.slice(0, start), ...all.slice(start + count)];
  }
  return all;
}

function withoutPrefix(all: readonly SourceLine[], prefix: RegExp): readonly SourceLine[] {
  const lines = full(all);
  const having = lines.filter((line) => prefix.test(line.text)).length;
  if (lines.length < 2 || having < 0.8 * lines.length) return all;
  return changed(all, (text) => text.replace(prefix, ''));
}

/** A root prompt looks like a comment: only where nothing but such lines holds a manifest. */
function withoutHashes(all: readonly SourceLine[]): readonly SourceLine[] {
  if (full(all).some((line) => keyLine.test(line.text))) return all;
  const bare = withoutPrefix(all, /^\s*#[ \u00a0]?/u);
  const keys = bare.filter((line) => keyLine.test(line.text)).map((line) => line.text);
  const isManifest =
    keys.some((line) => /^\s*apiVersion:/.test(line)) && keys.some((line) => /^\s*kind:/.test(line));
  return isManifest ? bare : all;
}
