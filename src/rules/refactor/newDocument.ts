import { stringify } from 'yaml';
import type { ManifestFile } from '../../manifest/file.ts';
import type { Json } from '../../model/json.ts';
import type { TextEdit } from '../finding.ts';

/** Writes an object as YAML in the style of a file: its indentation, and where its lists begin. */
export function yamlLike(file: ManifestFile, object: Json, comments: readonly string[] = []): string {
  const { text } = file;
  const indent = /^(?:metadata|spec):[ \t]*\r?\n( +)\S/m.exec(text)?.[1]?.length ?? 2;
  // A list may begin at its key's own column.
  const flat = /^( *)[\w-]+:[ \t]*\r?\n\1- /m.test(text);
  const yaml = stringify(object, { indent: Math.min(indent, 8), indentSeq: !flat, lineWidth: 0 });
  const notes = comments.map((line) => `# ${line.replace(/\s+/g, ' ')}\n`).join('');
  const lines = `${notes}${yaml}`;
  return text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines;
}

/** Puts an object behind one document of a file, as a document of its own. */
export function insertDocument(file: ManifestFile, behind: number, yaml: string): TextEdit {
  const { text, lines } = file;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const end = file.documents[behind]?.end ?? text.length;
  const before = text.slice(0, end);
  const separator = before === '' || before.endsWith('\n') ? '' : newline;
  const place = lines.positionAt(end);
  return { range: { start: place, end: place }, newText: `${separator}---${newline}${yaml}` };
}
