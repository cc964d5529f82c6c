import { t } from '../base/l10n.ts';
import { needsQuotes } from '../manifest/goScalar.ts';
import type { Entry, MapNode, Node } from '../manifest/node.ts';
import type { Span } from '../manifest/position.ts';
import type { Edit, FixDraft } from './rule.ts';

/** Builds fixes: minimal edits that keep comments and style. Texts are those of the object's document. */

interface Titled {
  readonly title: string;
  readonly preferred?: boolean;
}

export function fix(titled: string | Titled, ...edits: readonly Edit[]): FixDraft {
  return typeof titled === 'string' ? { title: titled, edits } : { ...titled, edits };
}

/** Text as a YAML scalar: in quotes only where it would not stay text without. */
export function scalarText(text: string): string {
  return needsQuotes(text) ? JSON.stringify(text) : text;
}

export function replace(span: Span, newText: string): Edit {
  return { start: span.start, end: span.end, newText };
}

/** Takes an entry out of its map. */
export function remove(map: MapNode, entry: Entry): Edit {
  const { entries } = map;
  const at = entries.indexOf(entry);
  const next = entries.find((other, index) => index > at && !other.merged);
  if (next) return { start: entry.start, end: next.start, newText: '' };
  const before = entries.findLast((other, index) => index < at && !other.merged);
  if (before) return { start: before.end, end: entry.end, newText: '' };
  return { start: entry.start, end: entry.end, newText: map.flow ? '' : '{}' };
}

/** Takes an item out of a list. */
export function removeItem(items: readonly Node[], index: number, text: string): Edit | undefined {
  const item = items[index];
  if (item === undefined) return undefined;
  const next = items[index + 1];
  if (next) return { start: item.start, end: next.start, newText: '' };
  const before = items[index - 1];
  // Alone in its list: what is left would be a list with nothing in it.
  return before && before.end <= text.length ? { start: before.end, end: item.end, newText: '' } : undefined;
}

/** The column of an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The blanks that a line of this map starts with. */
export function indentOf(map: MapNode, text: string): string {
  const first = map.entries.find((entry) => !entry.merged);
  return ' '.repeat(columnOf(text, first?.start ?? map.start));
}

/**
 * Puts a field into a map that is not empty: behind `after` where that is a simple value, else in front.
 * Further lines of `field` are indented like the map.
 */
export function insert(map: MapNode, field: string, text: string, after?: string): Edit | undefined {
  const first = map.entries.find((entry) => !entry.merged);
  if (first === undefined) return undefined;
  if (map.flow) return { start: first.start, end: first.start, newText: `${field}, ` };
  const indent = indentOf(map, text);
  const lines = field.replaceAll('\n', `\n${indent}`);
  const anchor = after === undefined ? undefined : map.entry(after);
  if (anchor && !anchor.merged && anchor.value.type === 'scalar' && anchor.value.style !== 'block') {
    const end = endOfLine(text, anchor.end);
    return { start: end, end, newText: `\n${indent}${lines}` };
  }
  return { start: first.start, end: first.start, newText: `${lines}\n${indent}` };
}

function endOfLine(text: string, offset: number): number {
  const match = /\r?\n/.exec(text.slice(offset));
  return match ? offset + match.index : text.length;
}

/** One fix that replaces a span. */
export function replaceFix(title: string, span: Span, newText: string, preferred = false): FixDraft {
  return { title, preferred, edits: [replace(span, newText)] };
}

/** One fix that removes a field; none where it comes from a merge. */
export function removeFix(map: MapNode, key: string, preferred = false): readonly FixDraft[] {
  const entry = map.entry(key);
  if (entry === undefined || entry.merged) return [];
  return [{ title: t('Remove {0}', key), preferred, edits: [remove(map, entry)] }];
}

/** One fix that adds a field; none where there is no place for it. */
export function insertFix(
  titled: string | Titled,
  map: MapNode,
  field: string,
  text: string,
  after?: string,
): readonly FixDraft[] {
  const edit = insert(map, field, text, after);
  return edit ? [fix(titled, edit)] : [];
}
