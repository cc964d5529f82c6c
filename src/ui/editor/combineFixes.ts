import type { Position, Range } from '../../manifest/position.ts';
import type { Finding, Fix, TextEdit } from '../../rules/finding.ts';

/** The fix of a finding that is safe to apply unasked, if it has one. */
export function preferredFix(finding: Finding): Fix | undefined {
  return finding.fixes.find((fix) => fix.preferred === true);
}

export interface Combined {
  readonly edits: readonly TextEdit[];
  /** How many findings these edits cure. */
  readonly cured: number;
}

/**
 * The preferred fixes of many findings as one set of edits. A fix that would touch the place of an earlier one
 * is left out, whole: it can be applied to the text that results.
 */
export function combineFixes(findings: readonly Finding[]): Combined {
  const edits: TextEdit[] = [];
  let cured = 0;
  for (const finding of findings) {
    const fix = preferredFix(finding);
    if (fix === undefined) continue;
    const fresh = fix.edits.filter((edit) => !edits.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => edits.some((other) => touches(edit.range, other.range)))) continue;
    edits.push(...fresh);
    cured += 1;
  }
  return { edits: edits.sort((a, b) => compare(a.range.start, b.range.start)), cured };
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return (
    a.newText === b.newText &&
    compare(a.range.start, b.range.start) === 0 &&
    compare(a.range.end, b.range.end) === 0
  );
}

/** Overlaps, or inserts at the other's border, where the order of the two would matter. */
function touches(a: Range, b: Range): boolean {
  return compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
