export { applyEdits, choosePreferred, fixText } from './applyFixes.ts';
export { configFileName, readConfigFile } from './config/configFile.ts';
export { isExcluded } from './config/excluded.ts';
export { mergeConfigs, readLintConfig, type LintConfig } from './config/lintConfig.ts';
export { families, rules } from './families.ts';
export type { Finding, Fix, Severity, TextEdit } from './finding.ts';
export { lint, lintFiles, lintText, type InputFile } from './lint.ts';
export type { ClusterTraits, LintOptions } from './options.ts';
export { textProblems } from './textProblems.ts';
