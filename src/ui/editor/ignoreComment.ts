import type { ManifestFile } from '../../manifest/file.ts';
import type { Position } from '../../manifest/position.ts';
import type { Finding, TextEdit } from '../../rules/finding.ts';

/**
 * The edit that switches a finding's rule off for its line: a comment above it, or more codes in the comment
 * that is there. The first line of a document has it at its end, since above it would count for the whole
 * document (rules/suppress.ts).
 */
export function ignoreComment(file: ManifestFile, finding: Finding): TextEdit {
  const { line } = finding.range.start;
  const text = file.lines.lineText(line);
  const above = line === 0 ? '' : file.lines.lineText(line - 1);
  const codes = /^\s*#\s*podnet-ignore:\s*[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*/.exec(above);
  if (codes) return insertAt({ line: line - 1, character: codes[0].length }, `, ${finding.code}`);
  const comment = `# podnet-ignore: ${finding.code}`;
  if (isFirstOfDocument(file, line)) return insertAt({ line, character: text.length }, ` ${comment}`);
  const indent = /^\s*/.exec(text)?.[0] ?? '';
  return insertAt({ line, character: 0 }, `${indent}${comment}${lineBreak(file.text)}`);
}

function isFirstOfDocument(file: ManifestFile, line: number): boolean {
  for (let before = line - 1; before >= 0; before--) {
    const text = file.lines.lineText(before);
    if (/^---(?:\s+#.*|\s*)$/.test(text)) return true;
    if (!/^\s*(?:#.*)?$/.test(text) && !text.startsWith('%')) return false;
  }
  return true;
}

function insertAt(position: Position, newText: string): TextEdit {
  return { range: { start: position, end: position }, newText };
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
