export { applyEdits, choosePreferred, fixText, type AppliedFix } from './applyFixes.ts';
export type { Finding, Fix, RelatedPlace, Severity, TextEdit } from './finding.ts';
export { lint, lintFiles, lintText, type InputFile } from './lint.ts';
export type { ClusterTraits, Knowledge, LintOptions } from './options.ts';
export { families, rules, type Family, type RuleSummary } from './families.ts';
export type { Rule } from './rule.ts';
export { textProblems } from './textProblems.ts';
