import { ExplainedError, isCancellation } from '../../base/errors.ts';
import type { InputFile, LintConfig } from '../../rules/index.ts';
import { tell } from '../tell.ts';
import type { ExitCode, Io } from '../verb.ts';
import { readLintArguments, type LintArguments } from './arguments.ts';
import { excludedBy, findConfig } from './findConfig.ts';
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
    const asked = readLintArguments(args);
    if (asked.help) {
      io.stdout.write(usage);
      return 0;
    }
    if (asked.paths.length === 0) {
      throw new ExplainedError('bad-arguments', 'Which files? Name files, folders, or - for standard input.');
    }
    const found = asked.config === false ? undefined : await findConfig(asked.config, io.cwd);
    const wanted = found ? withConfig(asked, found.config) : asked;
    const { inputs, faults } = await readInputs(wanted, io, found && excludedBy(found, io.cwd));
    for (const fault of faults) tell(fault, io.stderr);
    return await work(wanted, inputs, faults);
  } catch (error) {
    if (!(error instanceof ExplainedError) && !isCancellation(error)) throw error;
    tell(error, io.stderr);
    return 2;
  }
}

/** What is asked for on the command line counts more than the config. */
function withConfig(asked: LintArguments, config: LintConfig): LintArguments {
  const { rules = {}, cluster = {} } = asked.options;
  return {
    ...asked,
    complete: asked.complete || config.complete === true,
    options: {
      ...asked.options,
      rules: { ...config.rules, ...rules },
      cluster: { ...config.cluster, ...cluster },
    },
  };
}

/** What the arguments mean, read. */
async function readInputs(
  wanted: LintArguments,
  io: Io,
  isExcluded: (file: string) => boolean = () => false,
): Promise<{ inputs: readonly InputFile[]; faults: readonly ExplainedError[] }> {
  const found = await findFiles(wanted.paths, io.cwd, io.signal);
  const faults = [...found.faults];
  const inputs: InputFile[] = [];
  // What is named itself is wanted, whatever the config leaves out of folders and patterns.
  const named = new Set(wanted.paths);
  for (const file of found.files) {
    if (!named.has(file) && isExcluded(file)) continue;
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
