import { ExplainedError, messageOf } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';

/** One line on the error stream: what is the matter, and the way out. Whatever a server said stays text. */
export function tell(problem: unknown, stderr: NodeJS.WritableStream): void {
  const message = typeof problem === 'string' ? problem : messageOf(problem);
  const remedy = problem instanceof ExplainedError && problem.remedy !== undefined ? problem.remedy : '';
  const stop = remedy === '' || /[.!?:]$/.test(message) ? '' : '.';
  stderr.write(`podnet: ${oneLine(`${message}${stop} ${remedy}`.trim(), 2_000)}\n`);
}

/** The words given make no sense. Exit code 2, and a pointer to the usage. */
export function wrongUse(verb: string, message: string): ExplainedError {
  return new ExplainedError('bad-arguments', message, { remedy: `See podnet ${verb} --help.` });
}

/** An error of node:util's parseArgs, which is about the words given, not about the program. */
export function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
