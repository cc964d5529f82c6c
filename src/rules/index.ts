export { applyEdits, choosePreferred, fixText } from './applyFixes.ts';
export { families, rules } from './families.ts';
export type { Finding, Fix, Severity, TextEdit } from './finding.ts';
export { lint, lintFiles, lintText, type InputFile } from './lint.ts';
export type { ClusterTraits, LintOptions } from './options.ts';
export { textProblems } from './textProblems.ts';
