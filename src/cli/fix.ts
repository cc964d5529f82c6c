import { fixText } from '../rules/index.ts';
import { withInputs } from './lint/withInputs.ts';
import { save } from './save.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet fix FILES... [-o text|json] [--off CODES] [--on CODES] [--kubernetes VERSION]
                  [--config FILE | --no-config]

Applies the preferred fixes of "podnet lint" to files: those with one clear way out. With - it reads standard
input and writes the fixed text to standard output. What is left over, "podnet lint" says.
Exit code: 0 = done, 2 = a file could not be read or written.
`;

/** `podnet fix`: applies preferred fixes in place. */
export const fix: Verb = {
  name: 'fix',
  summary: 'apply the preferred fixes of lint to files',
  usage,
  run: (args, io) =>
    withInputs(usage, args, io, async (wanted, inputs, faults) => {
      const done: { file: string; applied: readonly { code: string; title: string }[] }[] = [];
      for (const input of inputs) {
        const fixed = fixText(input.text, { ...wanted.options, file: input.file });
        if (input.file === '-') {
          io.stdout.write(fixed.text);
          return faults.length > 0 ? 2 : 0;
        }
        if (fixed.applied.length > 0) await save(io, input.file, fixed.text);
        done.push({ file: input.file, applied: fixed.applied });
      }
      io.stdout.write(wanted.output === 'json' ? `${JSON.stringify(done, null, 2)}\n` : report(done));
      return faults.length > 0 ? 2 : 0;
    }),
};

function report(
  done: readonly { file: string; applied: readonly { code: string; title: string }[] }[],
): string {
  const lines = done.flatMap(({ file, applied }) =>
    applied.map((each) => `${file}: ${each.title} [${each.code}]`),
  );
  return `${[...lines, `${lines.length} ${lines.length === 1 ? 'fix' : 'fixes'} applied.`].join('\n')}\n`;
}
