import { ExplainedError, isCancellation } from '../../base/errors.ts';
import type { InputFile } from '../../rules/index.ts';
import { tell } from '../tell.ts';
import type { ExitCode, Io } from '../verb.ts';
import { readLintArguments, type LintArguments } from './arguments.ts';
import { findFiles } from './findFiles.ts';
import { readText } from './readText.ts';

/**
 * What `podnet lint` and `podnet fix` have in common: reads the arguments and the files they name, tells of those that
 * cannot be read, and hands the rest to `work`. What a user can cause ends in 2 and a line on the error stream.
 */
export async function withInputs(
  usage: string,
  args: readonly string[],
  io: Io,
  work: (
    wanted: LintArguments,
    inputs: readonly InputFile[],
    faults: readonly ExplainedError[],
  ) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    const wanted = readLintArguments(args);
    if (wanted.help) {
      io.stdout.write(usage);
      return 0;
    }
    if (wanted.paths.length === 0) {
      throw new ExplainedError('bad-arguments', 'Which files? Name files, folders, or - for standard input.');
    }
    const { inputs, faults } = await readInputs(wanted, io);
    for (const fault of faults) tell(fault, io.stderr);
    return await work(wanted, inputs, faults);
  } catch (error) {
    if (!(error instanceof ExplainedError) && !isCancellation(error)) throw error;
    tell(error, io.stderr);
    return 2;
  }
}

/** What the arguments mean, read. */
async function readInputs(
  wanted: LintArguments,
  io: Io,
): Promise<{ inputs: readonly InputFile[]; faults: readonly ExplainedError[] }> {
  const found = await findFiles(wanted.paths, io.cwd, io.signal);
  const faults = [...found.faults];
  const inputs: InputFile[] = [];
  for (const file of found.files) {
    try {
      inputs.push({ file, text: await readText(file, io.cwd, io.stdin, io.signal) });
    } catch (error) {
      if (!(error instanceof ExplainedError)) throw error;
      faults.push(error);
    }
  }
  if (inputs.length === 0 && faults.length === 0) {
    faults.push(
      new ExplainedError('no-files', `There are no YAML or JSON files in ${wanted.paths.join(', ')}.`),
    );
  }
  return { inputs, faults };
}
