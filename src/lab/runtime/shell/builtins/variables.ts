import { ShellError } from '../flow.ts';
import { quote } from '../parameter.ts';
import type { Shell } from '../shell.ts';
import type { Variable } from '../variables.ts';
import { bashOnly, posix } from './builtin.ts';

/** Builtins that declare and remove variables. */
export const variableBuiltins = {
  export: posix((shell, args) => declare(shell, 'export', ['-x', ...args])),
  readonly: posix((shell, args) => declare(shell, 'readonly', ['-r', ...args])),
  local: posix((shell, args) => {
    if (!shell.variables.inFunction) throw new ShellError('local: can only be used in a function');
    return declare(shell, 'local', args);
  }),
  declare: bashOnly((shell, args) => declare(shell, 'declare', args)),
  typeset: bashOnly((shell, args) => declare(shell, 'typeset', args)),
  unset: posix((shell, args) => {
    const functions = args[0] === '-f';
    for (const name of args) {
      if (name === '-f' || name === '-v') continue;
      const element = /^(\w+)\[(.*)\]$/.exec(name);
      if (functions) shell.functions.delete(name);
      else if (element) unsetElement(shell, element[1] ?? '', element[2] ?? '');
      else if (shell.variables.find(name) === undefined) shell.functions.delete(name);
      else shell.variables.unset(name);
    }
    return Promise.resolve(0);
  }),
  getopts: posix(getopts),
};

async function declare(shell: Shell, command: string, args: readonly string[]): Promise<number> {
  const options = args.filter((word) => /^[-+][a-zA-Z]+$/.test(word));
  const names = args.filter((word) => !/^[-+][a-zA-Z]*$/.test(word));
  const has = (letter: string): boolean =>
    options.some((word) => word.startsWith('-') && word.includes(letter));
  if (names.length === 0 || has('p')) {
    await list(shell, names, has);
    return 0;
  }
  let status = 0;
  for (const word of names) {
    const [, name, append, value] = /^([A-Za-z_]\w*)(\+)?(?:=([^]*))?$/.exec(word) ?? [];
    if (name === undefined) {
      await shell.complain(`${command}: \`${word}': not a valid identifier`);
      status = 1;
      continue;
    }
    const scoped =
      command === 'local' || (shell.variables.inFunction && /^(declare|typeset)$/.test(command) && !has('g'));
    const variable = scoped ? shell.variables.declareLocal(name) : (shell.variables.find(name) ?? undefined);
    if (value !== undefined)
      setValue(shell, name, append === undefined ? value : (shell.get(name) ?? '') + value, has);
    else if (variable === undefined) shell.variables.writable(name);
    flag(shell, name, has, options.includes('-n') || options.includes('+x'));
  }
  return status;
}

function setValue(shell: Shell, name: string, value: string, has: (letter: string) => boolean): void {
  const list = /^\(([^]*)\)$/.exec(value);
  if (list && (has('a') || has('A'))) {
    const words = (list[1] ?? '')
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (!has('A'))
      shell.variables.setArray(
        name,
        words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2')),
      );
    else {
      const pairs = words.map((word): [string, string] => {
        const [, key = '', text = ''] = /^\[(.+?)\]=(.*)$/.exec(word) ?? [];
        return [key.replace(/^(['"])(.*)\1$/, '$2'), text.replace(/^(['"])(.*)\1$/, '$2')];
      });
      shell.variables.setArray(name, new Map(pairs));
    }
  } else shell.set(name, value);
}

function flag(shell: Shell, name: string, has: (letter: string) => boolean, unexport: boolean): void {
  const variable: Variable = shell.variables.find(name) ?? shell.variables.writable(name);
  if (has('A') && !(variable.value instanceof Map)) variable.value = new Map();
  if (has('a') && variable.value === undefined) variable.value = [];
  if (has('i')) variable.integer = true;
  if (has('x')) variable.exported = !unexport;
  if (has('r')) variable.readOnly = true;
}

async function list(shell: Shell, names: readonly string[], has: (letter: string) => boolean): Promise<void> {
  for (const name of names.length > 0 ? names : shell.variables.names()) {
    const variable = shell.variables.find(name);
    if (variable === undefined) throw new ShellError(`declare: ${name}: not found`);
    if ((has('x') && !variable.exported) || (has('r') && !variable.readOnly)) continue;
    const value = shell.variables.get(name);
    const head = shell.flavour.bashisms ? `declare -${variable.exported ? 'x' : '-'}` : 'export';
    await shell.process.print(
      `${head} ${name}${value === undefined ? '' : `=${shell.flavour.bashisms ? `"${value}"` : quote(value)}`}\n`,
    );
  }
}

function unsetElement(shell: Shell, name: string, key: string): void {
  const value = shell.variables.find(name)?.value;
  if (value instanceof Map) value.delete(key);
  else if (Array.isArray(value)) Reflect.deleteProperty(value, Number(key));
}

/** `getopts`: the next option of the arguments; fails when there is none. */
async function getopts(
  shell: Shell,
  [letters = '', name = 'opt', ...given]: readonly string[],
): Promise<number> {
  const words = given.length > 0 ? given : shell.positional;
  const index = Number(shell.get('OPTIND') ?? '1');
  const offset = Number(shell.variables.get('__getopts_offset') ?? '1');
  const word = words[index - 1];
  if (word === undefined || !word.startsWith('-') || word === '-' || word === '--') {
    if (word === '--') shell.set('OPTIND', String(index + 1));
    shell.set(name, '?');
    return 1;
  }
  const letter = word[offset] ?? '';
  const lastLetter = offset + 1 >= word.length;
  const takesValue = letters.includes(`${letter}:`) && letter !== ':';
  const next = (position: number, within: number): void => {
    shell.set('OPTIND', String(position));
    shell.variables.set('__getopts_offset', String(within));
  };
  shell.variables.unset('OPTARG');
  if (!letters.includes(letter)) {
    shell.set(name, '?');
    next(lastLetter ? index + 1 : index, lastLetter ? 1 : offset + 1);
    if (letters.startsWith(':')) shell.set('OPTARG', letter);
    else await shell.complain(`illegal option -- ${letter}`);
    return 0;
  }
  shell.set(name, letter);
  if (!takesValue) next(lastLetter ? index + 1 : index, lastLetter ? 1 : offset + 1);
  else {
    const value = lastLetter ? words[index] : word.slice(offset + 1);
    shell.set('OPTARG', value ?? '');
    next(lastLetter ? index + 2 : index + 1, 1);
  }
  return 0;
}
