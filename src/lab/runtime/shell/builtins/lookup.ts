import { which } from '../../system/executable.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { bashOnly, posix } from './builtin.ts';

/** Builtins about which command a name means. */
export const lookupBuiltins = {
  command: posix(command),
  type: posix(type),
  builtin: bashOnly((shell, args) => shell.evaluator.words(shell, args, { functions: false })),
  hash: posix(() => Promise.resolve(0)),
  alias: posix(async (shell, args) => {
    for (const word of args) {
      const [name = '', ...value] = word.split('=');
      if (value.length > 0) shell.aliases.set(name, value.join('='));
    }
    if (args.length === 0) {
      for (const [name, value] of shell.aliases) await shell.process.print(`alias ${name}='${value}'\n`);
    }
    return 0;
  }),
  unalias: posix((shell, args) => {
    for (const name of args)
      if (!shell.aliases.delete(name)) throw new ShellError(`unalias: ${name}: not found`);
    return Promise.resolve(0);
  }),
};

const reserved =
  /^(if|then|else|elif|fi|case|esac|for|while|until|do|done|in|\{|\}|!|\[\[|\]\]|time|function)$/;

type Meaning = { kind: 'keyword' | 'function' | 'builtin' } | { kind: 'file'; path: string } | undefined;

function meaning(shell: Shell, name: string): Meaning {
  if (reserved.test(name) && (shell.flavour.bashisms || !/^\[\[|\]\]|time|function$/.test(name)))
    return { kind: 'keyword' };
  if (shell.functions.has(name)) return { kind: 'function' };
  if (shell.evaluator.isBuiltin(shell, name)) return { kind: 'builtin' };
  const { files, cwd } = shell.process;
  const path = which(name, files, cwd, shell.get('PATH'));
  if (path === undefined || !files.permits(path, 'execute')) return undefined;
  return { kind: 'file', path: name.includes('/') ? name : path };
}

async function command(shell: Shell, args: readonly string[]): Promise<number> {
  const [option] = args;
  if (option !== '-v' && option !== '-V') {
    const words = option === '-p' || option === '--' ? args.slice(1) : args;
    return words.length === 0 ? 0 : shell.evaluator.words(shell, words, { functions: false });
  }
  let found = false;
  for (const name of args.slice(1)) {
    const what = meaning(shell, name);
    if (what === undefined) {
      if (option === '-V')
        await shell.complain(`${shell.flavour.bashisms ? 'command: ' : ''}${name}: not found`);
      continue;
    }
    found = true;
    await shell.process.print(
      option === '-V' ? `${sentence(name, what)}\n` : `${what.kind === 'file' ? what.path : name}\n`,
    );
  }
  if (found) return 0;
  return shell.flavour.name === 'bash' ? 1 : 127;
}

function sentence(name: string, what: NonNullable<Meaning>): string {
  switch (what.kind) {
    case 'keyword':
      return `${name} is a shell keyword`;
    case 'function':
      return `${name} is a function`;
    case 'builtin':
      return `${name} is a shell builtin`;
    case 'file':
      return `${name} is ${what.path}`;
  }
}

async function type(shell: Shell, args: readonly string[]): Promise<number> {
  const [option = ''] = args;
  const names = option.startsWith('-') ? args.slice(1) : args;
  let status = 0;
  for (const name of names) {
    const what = meaning(shell, name);
    if (what === undefined) {
      status = shell.flavour.name === 'bash' ? 1 : 127;
      if (!option.startsWith('-')) {
        if (shell.flavour.name === 'bash') await shell.complain(`type: ${name}: not found`);
        else await shell.process.print(`${name}: not found\n`);
      }
    } else if (option === '-t') await shell.process.print(`${what.kind}\n`);
    else if (option === '-p' || option === '-P') {
      if (what.kind === 'file') await shell.process.print(`${what.path}\n`);
    } else await shell.process.print(`${sentence(name, what)}\n`);
  }
  return status;
}
