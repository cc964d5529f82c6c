import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { applyOption } from './builtins/state.ts';
import type { Flavour } from './flavour.ts';
import { runInteractive } from './interactive.ts';
import { guarded, interpreter, reportSyntaxError, runList } from './interpreter.ts';
import { parseScript } from './parse.ts';
import { Shell } from './shell.ts';

interface Invocation {
  readonly command: string | undefined;
  readonly interactive: boolean;
  readonly optionWords: readonly string[];
  /** What is left: a script and its arguments, or with `-c` the name and arguments. */
  readonly rest: readonly string[];
  readonly fromInput: boolean;
}

/** The program of a shell. */
export function shellProgram(flavour: Flavour): Program {
  return async (process) => {
    const call = readInvocation(process.argv.slice(1));
    if (call.optionWords.includes('--version')) {
      await process.print('GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n');
      return 0;
    }
    const onTerminal =
      process.terminal !== undefined && process.descriptors.has(0) && process.file(0).kind === 'terminal';
    const named = call.command !== undefined || !call.fromInput;
    const interactive = call.interactive || (!named && onTerminal);
    const [first, ...others] = call.rest;
    const shell = new Shell({
      process,
      flavour,
      evaluator: interpreter,
      name: named && first !== undefined ? first : (process.argv[0] ?? flavour.name),
      positional: named ? others : call.rest,
      interactive,
    });
    return guarded(shell, async () => {
      for (const word of call.optionWords) applyOption(shell, word, []);
      if (call.command !== undefined) return interpreter.text(shell, call.command);
      if (!call.fromInput && first !== undefined) return runFile(shell, first);
      if (interactive && process.terminal) return runInteractive(shell, process.terminal);
      return runInput(shell);
    });
  };
}

function readInvocation(args: readonly string[]): Invocation {
  const rest = [...args];
  const optionWords: string[] = [];
  let command = false;
  let interactive = false;
  let input = false;
  for (let word = rest[0]; word !== undefined && /^[-+]./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') break;
    if (word === '--version') optionWords.push(word);
    if (word.startsWith('--')) continue;
    const letters = word.slice(1);
    if (letters.includes('c')) command = true;
    if (letters.includes('i')) interactive = true;
    if (letters.includes('s')) input = true;
    if (letters.includes('o')) optionWords.push(`${word.charAt(0)}o`, rest.shift() ?? '');
    const others = letters.replace(/[cislo]/g, '');
    if (others !== '') optionWords.push(word.charAt(0) + others);
  }
  const text = command ? (rest.shift() ?? '') : undefined;
  return {
    command: text,
    interactive,
    optionWords,
    rest,
    fromInput: !command && (input || rest.length === 0),
  };
}

async function runFile(shell: Shell, path: string): Promise<number> {
  let source: string;
  try {
    source = Buffer.from(shell.process.files.readFile(shell.process.absolute(path))).toString();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const program = shell.process.argv[0] ?? 'sh';
    const said =
      shell.flavour.name === 'bash'
        ? `${program}: ${path}: ${error.text}`
        : `${program}: 0: cannot open ${path}: ${error.code === 'ENOENT' ? 'No such file' : error.text}`;
    await shell.process.printError(`${said}\n`);
    return shell.flavour.name === 'bash' ? 127 : 2;
  }
  return interpreter.text(shell, source);
}

/** Commands from standard input: each is run as soon as it is complete, and may itself read what follows. */
async function runInput(shell: Shell): Promise<number> {
  let source = '';
  for (;;) {
    const line = await readInputLine(shell.process);
    source += line;
    const { script, error } = await parseScript(source);
    if (error?.incomplete === true && line !== '') continue;
    if (error && error.message !== '') await reportSyntaxError(shell, error);
    else await runList(shell, script.statements);
    if (line === '') return shell.lastStatus;
    source = '';
  }
}

/** A line with its end, and nothing behind it; empty at the end of the input. */
async function readInputLine(process: Process): Promise<string> {
  let line = Buffer.alloc(0);
  if (!process.descriptors.has(0)) return '';
  for (;;) {
    const bytes = await process.file(0).read(4096, process.signal);
    const end = bytes.indexOf(0x0a);
    line = Buffer.concat([line, end === -1 ? bytes : bytes.subarray(0, end + 1)]);
    if (end !== -1) process.file(0).unread(bytes.subarray(end + 1));
    if (end !== -1 || bytes.length === 0) return line.toString();
  }
}
