import { LineIndex } from '../manifest/position.ts';
import type { Finding, Fix, TextEdit } from './finding.ts';
import { lintText } from './lint.ts';
import type { LintOptions } from './options.ts';

/** A fix that was applied. */
export interface AppliedFix {
  readonly code: string;
  readonly title: string;
}

/** Applies edits that do not overlap; their places are those of the text before. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const spans = edits.map((edit) => ({
    start: lines.offsetAt(edit.range.start),
    end: lines.offsetAt(edit.range.end),
    newText: edit.newText,
  }));
  // From the end on, so that offsets before stay right.
  spans.sort((a, b) => b.start - a.start || b.end - a.end);
  return spans.reduce(
    (result, edit) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end),
    text,
  );
}

/** The preferred fixes of findings, as many as do not touch each other. */
export function choosePreferred(findings: readonly Finding[]): readonly { finding: Finding; fix: Fix }[] {
  const chosen: { finding: Finding; fix: Fix }[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((each) => each.preferred === true);
    if (fix && !chosen.some((other) => overlap(other.fix, fix))) chosen.push({ finding, fix });
  }
  return chosen;
}

/** One fix may make another possible, or needless; so many rounds are enough for any that we know. */
const maximumRounds = 10;

/** Applies preferred fixes until none is left. Answers the text and what was done, in order. */
export function fixText(
  text: string,
  options: LintOptions = {},
): { readonly text: string; readonly applied: readonly AppliedFix[] } {
  const applied: AppliedFix[] = [];
  let current = text;
  for (let round = 0; round < maximumRounds; round++) {
    const chosen = choosePreferred(lintText(current, options));
    if (chosen.length === 0) break;
    const next = applyEdits(
      current,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    if (next === current) break;
    applied.push(...chosen.map(({ finding, fix }) => ({ code: finding.code, title: fix.title })));
    current = next;
  }
  return { text: current, applied };
}

function overlap(a: Fix, b: Fix): boolean {
  return a.edits.some((one) => b.edits.some((other) => touches(one, other)));
}

function touches(a: TextEdit, b: TextEdit): boolean {
  return !isBefore(a, b) && !isBefore(b, a);
}

/** Whether `a` ends before `b` starts; two insertions at one place touch. */
function isBefore(a: TextEdit, b: TextEdit): boolean {
  const { end } = a.range;
  const { start } = b.range;
  return end.line < start.line || (end.line === start.line && end.character < start.character);
}
