import type { LocatedProblem } from '../manifest/file.ts';
import type { Severity } from './finding.ts';

/** What can be wrong with a text before there are objects in it. Found while reading, not by a rule. */
export const textProblems: readonly { code: LocatedProblem['code']; title: string; severity: Severity }[] = [
  { code: 'yaml-syntax', title: 'The text is not valid YAML', severity: 'error' },
  { code: 'duplicate-key', title: 'A key is in a map twice', severity: 'error' },
  { code: 'lesson-arrow', title: 'A note behind an arrow, pasted from a lesson', severity: 'error' },
  { code: 'lost-line-breaks', title: 'The whole manifest stands on one line', severity: 'error' },
  { code: 'yaml-boolean-key', title: 'A key such as y or on becomes "true"', severity: 'warning' },
  { code: 'yaml-too-deep', title: 'Lists and maps are nested too deeply', severity: 'error' },
  { code: 'yaml-too-large', title: 'The document is too large to be read', severity: 'error' },
];
