import { factsOfObject, type ObjectFacts } from '../manifest/facts.ts';
import type { LocatedProblem, ManifestFile } from '../manifest/file.ts';
import type { ManifestObject } from '../manifest/object.ts';
import { patchFiles, plain } from '../manifest/kustomize.ts';
import { parse } from '../manifest/parse.ts';
import type { Position, Range, Span } from '../manifest/position.ts';
import { ObjectChecker, type Draft } from './checkObject.ts';
import { rules } from './families.ts';
import type { Finding, Fix, RelatedPlace, Severity } from './finding.ts';
import { NeighbourIndex } from './neighbours.ts';
import { lostIndentation } from './object/lostIndentation.ts';
import type { LintOptions } from './options.ts';
import type { Rule } from './rule.ts';
import { suppressionsOf } from './suppress.ts';

/** A file to lint: its name as findings shall call it, and its text. */
export interface InputFile {
  readonly file: string;
  readonly text: string;
}

/** Lints one text. */
export function lintText(text: string, options: LintOptions = {}): readonly Finding[] {
  return lint(parse(text, { file: options.file }), options);
}

/** Lints files that know of each other: a Service in one may select the pods of another. */
export function lintFiles(files: readonly InputFile[], options: LintOptions = {}): readonly Finding[] {
  const patches = patchFiles(files);
  const whole = files.filter(({ file }) => !patches.has(plain(file)));
  const parsed = whole.map(({ file, text }) => {
    const read = parse(text, { file });
    return { read, facts: read.objects.map(factsOfObject) };
  });
  const index = new NeighbourIndex(
    parsed.flatMap(({ facts }) => facts),
    options.knowledge,
  );
  return parsed.flatMap(({ read, facts }) => lintAmong(read, facts, index, options));
}

/**
 * Lints a file that was read already. `options.knowledge` holds the objects of other files and of the cluster,
 * not the file's own. The findings stand in the order of the text.
 */
export function lint(file: ManifestFile, options: LintOptions = {}): readonly Finding[] {
  const facts = file.objects.map(factsOfObject);
  return lintAmong(file, facts, new NeighbourIndex(facts, options.knowledge), options);
}

/** Lints a file whose objects, with their facts, are among those of the index. */
function lintAmong(
  file: ManifestFile,
  facts: readonly ObjectFacts[],
  index: NeighbourIndex,
  options: LintOptions,
): readonly Finding[] {
  const findings: Finding[] = [];
  const flattened = new Set<number>();
  const checker = new ObjectChecker(
    rules.filter((rule) => isActive(rule, options)),
    options,
  );
  file.objects.forEach((object, at) => {
    const self = facts[at];
    if (object.broken || self === undefined) return;
    const text = file.documents[object.document]?.chunk.text ?? '';
    const drafts = checker.check(object, text, index.of(object, self));
    for (const draft of drafts) findings.push(findingOfDraft(draft, object));
    if (drafts.some((draft) => draft.rule === lostIndentation)) flattened.add(object.document);
  });
  for (const problem of file.problems) {
    // Where everything stands at the margin, keys of different maps fall into one.
    if (problem.code === 'duplicate-key' && flattened.has(problem.document)) continue;
    findings.push(findingOf(problem, file));
  }
  const suppressions = suppressionsOf(file);
  return findings
    .filter(({ code, range }) => !suppressions.isIgnored(code, range.start.line))
    .flatMap((finding) => withSeverity(finding, options))
    .sort((a, b) => compare(a.range.start, b.range.start));
}

function isActive(rule: Rule, options: LintOptions): boolean {
  const setting = options.rules?.[rule.code];
  return setting === undefined ? rule.opinion !== true : setting !== 'off';
}

function withSeverity(finding: Finding, options: LintOptions): readonly Finding[] {
  const setting = options.rules?.[finding.code];
  if (setting === undefined) return [finding];
  return setting === 'off' ? [] : [{ ...finding, severity: setting }];
}

function findingOfDraft({ rule, at, message, extras }: Draft, object: ManifestObject): Finding {
  const range = (span: Span): Range => object.rangeOf(span);
  const related = (extras.related ?? []).map((place): RelatedPlace =>
    'range' in place.at
      ? { ...place.at, message: place.message }
      : { range: range(place.at), message: place.message },
  );
  const fixes = (extras.fixes ?? []).map((fix): Fix => ({
    title: fix.title,
    edits: fix.edits.map((edit) => ({ range: range(edit), newText: edit.newText })),
    ...(fix.preferred === true && { preferred: true }),
  }));
  const severity: Severity = extras.severity ?? rule.severity;
  return { file: object.file, range: range(at), severity, code: rule.code, message, fixes, related };
}

function findingOf(problem: LocatedProblem, file: ManifestFile): Finding {
  return {
    file: file.file,
    range: problem.range,
    severity: problem.severity,
    code: problem.code,
    message: problem.message,
    fixes: problem.fix ? [{ ...problem.fix, preferred: true }] : [],
    related: problem.related ? [problem.related] : [],
  };
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
