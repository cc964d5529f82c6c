import { LineIndex } from '../../../src/manifest/position.ts';
import type { TextEdit } from '../../../src/rules/finding.ts';

/** Applies edits as an editor does: all are meant for the text as it was; none may overlap another. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const spans = edits
    .map(({ range, newText }) => ({
      start: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => a.start - b.start);
  let result = '';
  let at = 0;
  for (const { start, end, newText } of spans) {
    if (start < at) throw new Error(`Edits overlap at offset ${start}`);
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
