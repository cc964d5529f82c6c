import { absolute } from '../../fs/fileSystem.ts';
import { SystemError } from '../../system/errors.ts';
import { ShellError } from '../flow.ts';
import type { Shell, ShellOptions } from '../shell.ts';
import { quote } from '../parameter.ts';
import { bashOnly, posix } from './builtin.ts';

/** Builtins about the shell's own state. */
export const stateBuiltins = {
  cd: posix(cd),
  set: posix(set),
  shift: posix((shell, [count = '1']) => {
    const number = Number(count);
    if (number > shell.positional.length) {
      if (shell.flavour.name === 'bash') return Promise.resolve(1);
      throw new ShellError("shift: can't shift that many", { status: 2, fatal: true });
    }
    shell.positional.splice(0, number);
    return Promise.resolve(0);
  }),
  umask: posix(async (shell, args) => {
    if (args.length === 0) await shell.process.print('0022\n');
    return 0;
  }),
  ulimit: posix(async (shell) => {
    await shell.process.print('unlimited\n');
    return 0;
  }),
  shopt: bashOnly(() => Promise.resolve(0)),
  enable: bashOnly(() => Promise.resolve(0)),
  history: bashOnly(() => Promise.resolve(0)),
  times: posix(async (shell) => {
    await shell.process.print('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
    return 0;
  }),
};

async function cd(shell: Shell, args: readonly string[]): Promise<number> {
  const words = args.filter((word) => !/^-[LPe]+$|^--$/.test(word));
  if (words.length > 1 && shell.flavour.name === 'bash') throw new ShellError('cd: too many arguments');
  const [target = shell.get('HOME') ?? '/'] = words;
  const directory = target === '-' ? shell.get('OLDPWD') : target;
  if (directory === undefined) throw new ShellError('cd: OLDPWD not set');
  const path = absolute(shell.process.cwd, directory);
  try {
    const node = shell.process.files.stat(path);
    if (node.type !== 'directory') throw new SystemError('ENOTDIR', path);
    if (!shell.process.files.permits(path, 'execute')) throw new SystemError('EACCES', path);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new ShellError(shell.flavour.cd(directory, error), {
      status: shell.flavour.name === 'bash' ? 1 : 2,
    });
  }
  shell.changeDirectory(path);
  if (target === '-') await shell.process.print(`${path}\n`);
  return 0;
}

const letters: Readonly<Record<string, keyof ShellOptions>> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  f: 'noglob',
  C: 'noclobber',
  a: 'allexport',
};

async function set(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    for (const name of shell.variables.names())
      await shell.process.print(`${name}=${quote(shell.variables.get(name) ?? '')}\n`);
    return 0;
  }
  const words = [...args];
  for (let word = words[0]; word !== undefined && /^[-+]./.test(word); word = words[0]) {
    words.shift();
    if (word === '--') {
      shell.positional = words;
      return 0;
    }
    applyOption(shell, word, words);
  }
  if (words.length > 0) shell.positional = words[0] === '-' ? words.slice(1) : words;
  return 0;
}

/** Sets what a word like `-eu`, `+x` or `-o` with its name asks for. */
export function applyOption(shell: Shell, word: string, rest: string[]): void {
  const on = word.startsWith('-');
  for (const letter of word.slice(1)) {
    if (letter === 'o') {
      const name = rest.shift() ?? '';
      if (name in shell.options) shell.options[name as keyof ShellOptions] = on;
      else if (
        !/^(posix|vi|emacs|monitor|notify|verbose|hashall|ignoreeof|nolog|errtrace|functrace)$/.test(name)
      ) {
        throw new ShellError(`set: ${name}: invalid option name`, { status: 2 });
      }
    } else {
      const option = letters[letter];
      if (option) shell.options[option] = on;
      else if (!/[bhmnpvBEHTilsc]/.test(letter))
        throw new ShellError(`set: -${letter}: invalid option`, { status: 2 });
    }
  }
}
