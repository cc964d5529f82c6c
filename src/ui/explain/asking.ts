/* What the command loads when it first runs. */
import type { Question } from './question.ts';

export { explainArgument } from './argument.ts';
export { askQuestion } from './ask.ts';
export { emptyContent } from './content.ts';
export { workspaceWorld } from './workspaceWorld.ts';

/** Whether two questions are about the same connection, however it is looked at. */
export function sameQuestion(a: Question, b: Question): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.protocol === b.protocol &&
    a.context === b.context &&
    a.files === b.files
  );
}
