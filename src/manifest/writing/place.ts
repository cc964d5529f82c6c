import { scanLines } from '../lines.ts';
import { flowAt } from './flow.ts';

/**
 * Where a cursor is in a text that may be half written: found line by line, by indentation and dashes, so that
 * nothing else in the file needs to be right.
 */
export interface WritingPlace {
  /** As the document says them at its margin; '' where it does not yet. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Keys, and `#` for "an item of the list", from the root: to the map at hand, or to the field of the value. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** What stands in the map at hand besides what is being written. */
  readonly siblings: ReadonlySet<string>;
  /** The word being written, as offsets in the text. */
  readonly word: { readonly start: number; readonly end: number };
  /** Whether a colon stands behind the word already. */
  readonly hasColon: boolean;
  readonly flow: boolean;
  /** By how much the map's keys stand right of their line's first character: behind a dash. */
  readonly behindDash: number;
}

/** A line that matters: its dashes, and its key. */
interface Line {
  readonly dashes: readonly number[];
  /** Column of the first character that is no blank. */
  readonly first: number;
  readonly key: string | undefined;
  readonly column: number;
  readonly hasValue: boolean;
}

/** Keys stand at the start of a line; what is longer is data, and costs time to look through. */
const longestLine = 1_000;
const linePattern =
  /^(\s*)((?:-(?: +|$))*)(?:(?:"([^"]*)"|'([^']*)'|([^\s"'#:[\]{},][^:#]*?))\s*:(?=\s|$)(.*))?/;
const keyBefore = /^(\s*)((?:- +)*)(["']?)([\w./$-]*)$/;
const valueBefore = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([\w./$-]+))\s*:\s+(["']?)([\w./$-]*)$/;

/** The place of an offset; undefined in comments, in the text of block scalars, and where nothing fits. */
export function placeAt(text: string, offset: number): WritingPlace | undefined {
  const document = documentAround(text, offset);
  const at = offset - document.start;
  const body = text.slice(document.start, document.end);
  const lineStart = body.lastIndexOf('\n', at - 1) + 1;
  const before = body.slice(lineStart, at);
  if (before.length > longestLine || /(?:^|\s)#/.test(before)) return undefined;
  const above: Line[] = [];
  const below: Line[] = [];
  const raw: string[] = [];
  for (const line of scanLines(body)) {
    if (line.start === lineStart && line.literal) return undefined;
    if (line.literal || line.start === lineStart || line.text.trimStart().startsWith('#')) continue;
    if (line.start < lineStart) raw.push(line.text.slice(0, longestLine));
    (line.start < lineStart ? above : below).push(readLine(line.text));
  }
  const after = /^[^\r\n]*/.exec(body.slice(at))?.[0] ?? '';
  const rest = /^[\w./$-]*/.exec(after)?.[0] ?? '';
  const around = {
    ...headOf(body),
    hasColon: /^[\w./$-]*["']?\s*:(?:\s|$)/.test(after),
  };
  const flow = flowAt(raw, before, body.slice(at));
  if (flow) {
    const base = climb(above.slice(0, above.length - flow.linesUp), flow.column, flow.dashes);
    if (base === undefined) return undefined;
    const word = { start: offset - flow.word, end: offset + rest.length };
    const head = flow.key === '' ? [] : [flow.key];
    const path = [...base.path, ...head, ...flow.steps];
    return { ...around, path, at: flow.at, siblings: flow.siblings, word, flow: true, behindDash: 0 };
  }
  const key = keyBefore.exec(before);
  const value = key ? undefined : valueBefore.exec(before);
  const [, blanks = '', dashes = ''] = key ?? value ?? [];
  if (!key && !value) return undefined;
  const column = blanks.length + dashes.length;
  const found = climb(above, column, dashColumns(blanks, dashes));
  if (found === undefined) return undefined;
  const written = (key?.[4] ?? value?.[7] ?? '').length;
  const siblings = new Set([...found.siblings, ...siblingsBelow(below, column)]);
  return {
    ...around,
    path: value ? [...found.path, value[3] ?? value[4] ?? value[5] ?? ''] : found.path,
    at: value ? 'value' : 'key',
    siblings,
    word: { start: offset - written, end: offset + rest.length },
    flow: false,
    behindDash: dashes.length,
  };
}

function documentAround(text: string, offset: number): { start: number; end: number } {
  const marker = /^---(?=[ \t\r\n]|$)/gm;
  let start = 0;
  for (let match = marker.exec(text); match; match = marker.exec(text)) {
    if (match.index >= offset) return { start, end: match.index };
    start = text.indexOf('\n', match.index) + 1;
    if (start === 0) return { start: text.length, end: text.length };
    if (start > offset) return { start, end: start };
  }
  return { start, end: text.length };
}

function headOf(body: string): { apiVersion: string; kind: string } {
  const of = (key: string): string =>
    new RegExp(`^${key}:[ \\t]+["']?([\\w./-]+)`, 'm').exec(body)?.[1] ?? '';
  return { apiVersion: of('apiVersion'), kind: of('kind') };
}

function readLine(whole: string): Line {
  const text = whole.slice(0, longestLine);
  const [, blanks = '', dashes = '', double, single, plain, rest] = linePattern.exec(text) ?? [];
  const value = (rest ?? '').replace(/(?:^|\s)#.*$/, '').trim();
  return {
    dashes: dashColumns(blanks, dashes),
    first: blanks.length,
    key: double ?? single ?? plain,
    column: blanks.length + dashes.length,
    // An anchor or a tag alone is no value yet.
    hasValue: value !== '' && !/^(?:[&!]\S*\s*)+$/.test(value),
  };
}

function dashColumns(blanks: string, dashes: string): readonly number[] {
  return [...dashes.matchAll(/-/g)].map(({ index }) => blanks.length + index);
}

/** Goes up from a map's column to the root. undefined: the lines above do not lead there. */
function climb(
  above: readonly Line[],
  start: number,
  dashes: readonly number[],
): { path: readonly string[]; siblings: ReadonlySet<string> } | undefined {
  const path: string[] = [];
  const siblings = new Set<string>();
  const at: { column: number; inList: boolean; isOwn: boolean } = {
    column: start,
    inList: false,
    isOwn: true,
  };
  const enter = (columns: readonly number[]): void => {
    const [outer] = columns;
    if (outer === undefined) return;
    path.unshift(...columns.map(() => '#'));
    at.column = outer;
    at.inList = true;
    at.isOwn = false;
  };
  enter(dashes);
  for (let index = above.length - 1; index >= 0; index--) {
    const line = above[index];
    if (line === undefined) break;
    if (at.inList && line.dashes.includes(at.column)) {
      enter(line.dashes.filter((dash) => dash < at.column));
      continue;
    }
    if (!at.inList && line.key !== undefined && line.column === at.column) {
      if (at.isOwn) siblings.add(line.key);
      enter(line.dashes);
      continue;
    }
    const reaches = at.inList ? line.column <= at.column : line.column < at.column;
    if (line.key !== undefined && reaches) {
      if (line.hasValue) return undefined;
      path.unshift(line.key);
      at.column = line.column;
      at.inList = false;
      at.isOwn = false;
      enter(line.dashes);
    } else if (line.first < at.column && line.dashes.some((dash) => dash < at.column)) {
      // A key that is not aligned with the others of its list item still belongs to it.
      enter(line.dashes.filter((dash) => dash < at.column));
    } else if (line.first < at.column) return undefined;
  }
  return { path, siblings };
}

function siblingsBelow(below: readonly Line[], column: number): readonly string[] {
  const found: string[] = [];
  for (const line of below) {
    if (line.first < column) break;
    if (line.first === column && line.dashes.length === 0 && line.key !== undefined) found.push(line.key);
  }
  return found;
}
