export type { Finding, Fix, RelatedPlace, Severity, TextEdit } from './finding.ts';
export type { ClusterTraits, Knowledge, LintOptions } from './options.ts';
export type { Rule } from './rule.ts';
export { lint, lintFiles, lintText, type InputFile } from './lint.ts';
export { rules } from './registry.ts';
