import { parseArgs } from 'node:util';
import { ExplainedError } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import { repairText, type Repair } from '../manifest/repair/repair.ts';
import { readText } from './lint/readText.ts';
import { save } from './save.ts';
import { tell, wrongUse } from './tell.ts';
import type { ExitCode, Io, Verb } from './verb.ts';

const usage = `Usage: podnet repair FILE [-w] [-o text|json]

Puts lost indentation and line breaks of a manifest back, by the fields that each kind has; makes notes behind
arrows comments; removes typographic quotes, odd blanks, prompts, line numbers and code fences. FILE is a file,
or - for standard input. The repaired text goes to standard output, what was done to the error stream.
  -w, --write   write the repaired text to the file instead
  -o            text (default) or json: {file, status, text, changes, notes, unplaced, alternatives}
A sound manifest stays as it is, to the byte. What has no place is kept as a comment and named; where a text can be
read in two ways, the smaller change is taken, and json holds the other.
Exit code: 0 = sound or repaired, 1 = something has no place, 2 = it could not be read.
`;

interface Wanted {
  readonly file: string;
  readonly write: boolean;
  readonly json: boolean;
}

/** `podnet repair`: puts the structure of a damaged manifest back. */
export const repair: Verb = {
  name: 'repair',
  summary: 'put lost indentation and line breaks of a manifest back',
  usage,
  async run(args, io) {
    const wanted = read(args);
    const text = await readText(wanted.file, io.cwd, io.stdin, io.signal);
    const done = repairText(text, { file: wanted.file });
    if (done.status === 'unreadable') {
      throw new ExplainedError(
        'not-repairable',
        `${named(wanted.file)} was not repaired. ${done.reason ?? ''}`,
      );
    }
    if (wanted.write && done.text !== text) await save(io, wanted.file, done.text);
    if (wanted.json) io.stdout.write(`${JSON.stringify({ file: wanted.file, ...done }, null, 2)}\n`);
    else {
      if (!wanted.write) io.stdout.write(done.text);
      report(done, wanted.file, io);
    }
    const code: ExitCode = done.status === 'partial' ? 1 : 0;
    return code;
  },
};

function read(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { write: { type: 'boolean', short: 'w' }, output: { type: 'string', short: 'o' } },
  });
  const [file, another] = positionals;
  if (file === undefined) throw wrongUse('repair', 'Which file? Name one, or - for standard input.');
  if (another !== undefined) throw wrongUse('repair', 'repair takes one file at a time.');
  const output = values.output ?? 'text';
  if (output !== 'text' && output !== 'json') throw wrongUse('repair', `-o cannot be "${output}".`);
  const write = values.write ?? false;
  if (write && file === '-') throw wrongUse('repair', 'Standard input cannot be written to: leave -w out.');
  return { file, write, json: output === 'json' };
}

/** What was done, on the error stream: the text itself goes to standard output. */
function report(done: Repair, file: string, { stderr }: Io): void {
  const say = (line: number, message: string): void => {
    stderr.write(`${named(file)}:${line + 1}: ${oneLine(message, 500)}\n`);
  };
  for (const { line, message } of done.changes) say(line, message);
  for (const { line, message } of done.notes) say(line, `Please check: ${message}`);
  for (const { line, title } of done.alternatives) say(line, `Or so (-o json has the text): ${title}`);
  for (const { line, message } of done.unplaced) say(line, message);
  if (done.status === 'sound') tell(`${named(file)} is sound; nothing was changed`, stderr);
}

function named(file: string): string {
  return file === '-' ? 'standard input' : file;
}
