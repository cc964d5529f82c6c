import { ShellError } from '../flow.ts';
import { formatPrintf, unescape } from '../printf.ts';
import type { Shell } from '../shell.ts';
import { posix } from './builtin.ts';

/** Builtins that print. */
export const outputBuiltins = {
  echo: posix(async (shell, args) => {
    await shell.process.print(echo(args, shell.flavour.name));
    return 0;
  }),
  printf: posix(printf),
  pwd: posix(async (shell) => {
    await shell.process.print(`${shell.process.cwd}\n`);
    return 0;
  }),
};

/** What `echo` prints: bash and busybox know `-e`, dash always interprets backslashes. */
export function echo(args: readonly string[], flavour: 'bash' | 'dash' | 'busybox'): string {
  const words = [...args];
  let newline = true;
  let escapes = flavour === 'dash';
  const options = flavour === 'dash' ? /^-n$/ : /^-[neE]+$/;
  for (let word = words[0]; word !== undefined && options.test(word); word = words[0]) {
    words.shift();
    if (word.includes('n')) newline = false;
    if (word.includes('e')) escapes = true;
    if (word.includes('E')) escapes = false;
  }
  const text = words.join(' ');
  if (!escapes) return text + (newline ? '\n' : '');
  const { text: interpreted, stopped } = unescape(text, true);
  return interpreted + (newline && !stopped ? '\n' : '');
}

async function printf(shell: Shell, args: readonly string[]): Promise<number> {
  const [option, variable] = args;
  const into = option === '-v' && shell.flavour.bashisms ? variable : undefined;
  const rest = into === undefined ? (option === '--' ? args.slice(1) : args) : args.slice(2);
  const [format, ...values] = rest;
  if (format === undefined)
    throw new ShellError('printf: usage: printf [-v var] format [arguments]', { status: 2 });
  const { text, errors } = formatPrintf(format, values);
  for (const error of errors) await shell.complain(`printf: ${error}`);
  if (into === undefined) await shell.process.print(text);
  else shell.set(into, text);
  return errors.length > 0 ? 1 : 0;
}
