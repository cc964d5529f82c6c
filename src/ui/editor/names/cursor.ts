import type { ManifestFile } from '../../../manifest/file.ts';
import { MapNode, type Node, type Path } from '../../../manifest/node.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { parse } from '../../../manifest/parse.ts';
import type { Span } from '../../../manifest/position.ts';

/** Where in an object a cursor is: at a key, or at a scalar value. */
export interface Cursor {
  readonly object: ManifestObject;
  /** The path of the entry or list item; for a key it ends with the key itself. */
  readonly path: Path;
  readonly at: 'key' | 'value';
  /** The key or scalar under the cursor, as offsets in the file. */
  readonly span: Span;
}

type Found = Pick<Cursor, 'path' | 'at' | 'span'>;

/** What stands at an offset of a file; undefined between things and in text that could not be read. */
export function cursorAt(file: ManifestFile, offset: number): Cursor | undefined {
  for (const object of file.objects) {
    const at = offset - object.documentStart;
    const found = find(object.root, [], (span) => span.start <= at && at <= span.end);
    if (found) return inFile(object, found);
  }
  return undefined;
}

/** Stands for what is about to be written: a private-use character, which YAML takes as a letter. */
export const marker = '\u{F8FF}';

/**
 * What would stand at an offset if something were written there. Answers a cursor in a text that has a mark at
 * the offset, so only its `object` and `path` may be used; names in the path are without the mark.
 */
export function cursorForInsertion(file: ManifestFile, offset: number): Cursor | undefined {
  const { text } = file;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const after = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const startsLine = /^\s*(?:- +)*["']?[\w./-]*$/.test(before);
  const isKey = startsLine && !/^[\w./-]*["']?\s*:(?:\s|$)/.test(after);
  const word = /^[\w./-]*/.exec(after)?.[0] ?? '';
  const mark = isKey ? `${word}${marker}:` : marker;
  const rest = isKey ? text.slice(offset + word.length) : text.slice(offset);
  const marked = parse(`${text.slice(0, offset)}${mark}${rest}`, { file: file.file, previous: file });
  for (const object of marked.objects) {
    const documentText = marked.documents[object.document]?.chunk.text ?? '';
    const place = documentText.indexOf(marker);
    if (place === -1) continue;
    const found = find(object.root, [], (span) => span.start <= place && place < span.end);
    if (found) return withoutMark(inFile(object, found));
  }
  return undefined;
}

function inFile(object: ManifestObject, found: Found): Cursor {
  const { start, end } = found.span;
  return { ...found, object, span: { start: start + object.documentStart, end: end + object.documentStart } };
}

function withoutMark(cursor: Cursor): Cursor {
  return {
    ...cursor,
    path: cursor.path.map((step) => (typeof step === 'string' ? step.replace(marker, '') : step)),
  };
}

function find(node: Node, path: Path, holds: (span: Span) => boolean): Found | undefined {
  if (node.type === 'scalar') return holds(node) ? { path, at: 'value', span: node } : undefined;
  if (node instanceof MapNode) {
    for (const entry of node.entries) {
      if (entry.merged) continue;
      const inside = [...path, entry.key.value];
      if (holds(entry.key)) return { path: inside, at: 'key', span: entry.key };
      const found = find(entry.value, inside, holds);
      if (found) return found;
    }
    return undefined;
  }
  for (const [index, item] of node.items.entries()) {
    const found = find(item, [...path, index], holds);
    if (found) return found;
  }
  return undefined;
}
