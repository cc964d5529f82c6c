import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, isCancellation, messageOf } from '../base/errors.ts';
import { fixText } from '../rules/index.ts';
import { readInputs } from './lint.ts';
import { readLintArguments } from './lint/arguments.ts';
import { tell } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet fix FILES... [-o text|json] [--off CODES] [--on CODES] [--kubernetes VERSION]

Applies the preferred fixes of "podnet lint" to files: those with one clear way out. With - it reads standard
input and writes the fixed text to standard output. What is left over, "podnet lint" says.
Exit code: 0 = done, 2 = a file could not be read or written.
`;

/** `podnet fix`: applies preferred fixes in place. */
export const fix: Verb = {
  name: 'fix',
  summary: 'apply the preferred fixes of lint to files',
  usage,
  async run(args, io) {
    try {
      const wanted = readLintArguments(args);
      if (wanted.help) {
        io.stdout.write(usage);
        return 0;
      }
      if (wanted.paths.length === 0)
        throw new ExplainedError(
          'bad-arguments',
          'Which files? Name files, folders, or - for standard input.',
        );
      const { inputs, faults } = await readInputs(wanted, io);
      for (const fault of faults) tell(fault, io.stderr);
      const done: { file: string; applied: readonly { code: string; title: string }[] }[] = [];
      for (const input of inputs) {
        const fixed = fixText(input.text, { ...wanted.options, file: input.file });
        if (input.file === '-') {
          io.stdout.write(fixed.text);
          return faults.length > 0 ? 2 : 0;
        }
        if (fixed.applied.length > 0) await save(path.resolve(io.cwd, input.file), fixed.text, input.file);
        done.push({ file: input.file, applied: fixed.applied });
      }
      io.stdout.write(wanted.output === 'json' ? `${JSON.stringify(done, null, 2)}\n` : report(done));
      return faults.length > 0 ? 2 : 0;
    } catch (error) {
      if (!(error instanceof ExplainedError) && !isCancellation(error)) throw error;
      tell(error, io.stderr);
      return 2;
    }
  },
};

async function save(full: string, text: string, file: string): Promise<void> {
  try {
    await writeFile(full, text);
  } catch (error) {
    throw new ExplainedError('unwritable', `${file} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function report(
  done: readonly { file: string; applied: readonly { code: string; title: string }[] }[],
): string {
  const lines = done.flatMap(({ file, applied }) =>
    applied.map((each) => `${file}: ${each.title} [${each.code}]`),
  );
  return `${[...lines, `${lines.length} ${lines.length === 1 ? 'fix' : 'fixes'} applied.`].join('\n')}\n`;
}
