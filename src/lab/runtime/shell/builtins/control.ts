import { SystemError } from '../../system/errors.ts';
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { test } from '../tests.ts';
import { bashOnly, posix } from './builtin.ts';
import { which } from '../../system/executable.ts';
import { Expander } from '../expand.ts';

/** Builtins that steer where control goes. */
export const controlBuiltins = {
  ':': posix(() => Promise.resolve(0)),
  true: posix(() => Promise.resolve(0)),
  false: posix(() => Promise.resolve(1)),
  '.': posix(source),
  source: bashOnly(source),
  break: posix((shell, args) => leaveLoop(shell, 'break', args)),
  continue: posix((shell, args) => leaveLoop(shell, 'continue', args)),
  return: posix((shell, [status]) => {
    if (shell.calls === 0 && shell.flavour.name === 'bash') {
      throw new ShellError("return: can only `return' from a function or sourced script", { status: 2 });
    }
    return Promise.reject(new ReturnFlow(statusOf(shell, 'return', status)));
  }),
  exit: posix((shell, [status]) => Promise.reject(new ExitFlow(statusOf(shell, 'exit', status)))),
  logout: bashOnly((shell, [status]) => Promise.reject(new ExitFlow(statusOf(shell, 'logout', status)))),
  eval: posix((shell, args) => shell.evaluator.text(shell, args.join(' '))),
  exec: posix(exec),
  let: bashOnly(async (shell, args) => {
    let value = '0';
    for (const expression of args) value = await new Expander(shell).expandText(`$((${expression}))`);
    return Number(value === '0');
  }),
  test: posix((shell, args) => Promise.resolve(Number(!test(shell, args)))),
  '[': posix((shell, args) => {
    if (args.at(-1) !== ']') throw new ShellError("[: missing `]'", { status: 2 });
    return Promise.resolve(Number(!test(shell, args.slice(0, -1))));
  }),
};

function statusOf(shell: Shell, name: string, text: string | undefined): number {
  if (text === undefined) return shell.lastStatus;
  if (/^[-+]?\d+$/.test(text)) return ((Number(text) % 256) + 256) % 256;
  const said =
    shell.flavour.name === 'bash' ? `${text}: numeric argument required` : `Illegal number: ${text}`;
  throw new ShellError(`${name}: ${said}`, { status: 2, fatal: true });
}

function leaveLoop(
  shell: Shell,
  kind: 'break' | 'continue',
  [levels = '1']: readonly string[],
): Promise<number> {
  if (shell.loops === 0) {
    if (shell.flavour.name !== 'bash') return Promise.resolve(0);
    throw new ShellError(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`, { status: 0 });
  }
  const count = Number(levels);
  if (!Number.isInteger(count) || count < 1)
    throw new ShellError(`${kind}: ${levels}: loop count out of range`);
  return Promise.reject(new LoopFlow(kind, Math.min(count, shell.loops)));
}

async function source(shell: Shell, [file, ...args]: readonly string[]): Promise<number> {
  if (file === undefined) throw new ShellError('.: filename argument required', { status: 2 });
  const { process, positional } = shell;
  const path = file.includes('/')
    ? process.absolute(file)
    : (which(file, process.files, process.cwd, shell.get('PATH')) ?? process.absolute(file));
  let text: string;
  try {
    text = Buffer.from(process.files.readFile(path)).toString();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const said =
      shell.flavour.name === 'bash' ? `${file}: ${error.text}` : `.: cannot open ${file}: No such file`;
    throw new ShellError(said, {
      status: shell.flavour.name === 'bash' ? 1 : 2,
      fatal: shell.flavour.name !== 'bash',
    });
  }
  if (args.length > 0) shell.positional = [...args];
  shell.enterCall();
  try {
    return await shell.evaluator.text(shell, text);
  } catch (error) {
    if (error instanceof ReturnFlow) return error.status;
    throw error;
  } finally {
    shell.calls--;
    if (args.length > 0) shell.positional = positional;
  }
}

/** Runs a program in the shell's place: the process goes on as that program. */
async function exec(shell: Shell, args: readonly string[]): Promise<number> {
  const words = args[0] === '-a' ? args.slice(2) : args[0] === '--' ? args.slice(1) : args;
  const { process, flavour } = shell;
  const [name = ''] = words;
  const path = which(name, process.files, process.cwd, shell.get('PATH'));
  if (path === undefined) {
    const said = name.includes('/')
      ? flavour.cannotRun(name, new SystemError('ENOENT'), false)
      : `${name}: not found`;
    throw new ShellError(`exec: ${said}`, { status: 127, fatal: true });
  }
  shell.traps.clear();
  try {
    throw new ExitFlow(await process.become(words, shell.variables.exported(), path));
  } catch (error) {
    if (!(error instanceof SystemError) || error.code === 'EPIPE') throw error;
    throw new ShellError(flavour.cannotRun(name, error, false), { status: 126, fatal: true });
  }
}
