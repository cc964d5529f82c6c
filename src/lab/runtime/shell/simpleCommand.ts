import { SystemError } from '../system/errors.ts';
import { which } from '../system/executable.ts';
import type { AssignmentNode, FunctionNode, SimpleCommandNode, WordNode } from './ast.ts';
import type { Builtin } from './builtins/builtin.ts';
import { builtins } from './builtins/index.ts';
import { Expander } from './expand.ts';
import { ReturnFlow, ShellError } from './flow.ts';
import { redirect } from './redirect.ts';
import type { Shell } from './shell.ts';
import { runScriptFile } from './scriptFile.ts';

/** Builtins whose `name=value` words are assignments: they are not split. */
const declaring = new Set(['export', 'readonly', 'local', 'declare', 'typeset']);

/** Runs `A=1 command words >file`: a function, a builtin or a program. */
export async function runSimple(shell: Shell, node: SimpleCommandNode): Promise<number> {
  if (node.line !== undefined && node.line > 0) shell.line = node.line;
  shell.substituted = undefined;
  const words = await expandWords(shell, node);
  const [name] = words;
  if (name === undefined) {
    for (const assignment of node.assignments) await assign(shell, assignment);
    (await redirect(shell, node.redirections))();
    // A command that is only assignments has the status of its last command substitution.
    return shell.takeSubstituted() ?? 0;
  }
  if (shell.options.xtrace) await shell.process.printError(`+ ${words.join(' ')}\n`);
  // `exec` with redirections alone changes the shell's own descriptors.
  if (name === 'exec' && words.length === 1) return openForGood(shell, node);
  const undo = await redirect(shell, node.redirections);
  try {
    return await withAssignments(shell, node.assignments, words, () =>
      runWords(shell, words, { functions: true }),
    );
  } finally {
    undo();
  }
}

/** Runs a command by its words. */
export async function runWords(
  shell: Shell,
  words: readonly string[],
  options: { functions: boolean },
): Promise<number> {
  const [name = '', ...args] = words;
  const declared = options.functions ? shell.functions.get(name) : undefined;
  if (declared) return runFunction(shell, declared, args);
  const builtin = builtinFor(shell, name);
  return builtin ? builtin.run(shell, args) : runExternal(shell, words);
}

/** The builtin of a name, if this kind of shell has it. */
export function builtinFor(shell: Shell, name: string): Builtin | undefined {
  const builtin = builtins.get(name);
  return builtin && (shell.flavour.bashisms || !builtin.bashOnly) ? builtin : undefined;
}

/** Runs a program and waits for it. */
async function runExternal(shell: Shell, words: readonly string[]): Promise<number> {
  const { process, flavour } = shell;
  const [name = ''] = words;
  const path = which(name, process.files, process.cwd, shell.get('PATH'));
  if (path === undefined) {
    await shell.complain(
      name.includes('/') ? flavour.cannotRun(name, new SystemError('ENOENT'), false) : flavour.notFound(name),
    );
    return 127;
  }
  try {
    const child = process.spawn(words, {
      path,
      environment: shell.variables.exported(),
      newGroup: shell.interactive,
    });
    return await waitInForeground(shell, child);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    if (error.code === 'ENOEXEC') return runScriptFile(shell, path, words);
    const directory = process.files.find(path)?.type === 'directory';
    await shell.complain(flavour.cannotRun(name, error, directory));
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

/** Waits for a child that has the terminal meanwhile, so that Ctrl-C reaches it. */
async function waitInForeground(
  shell: Shell,
  child: { exited: Promise<number>; group: number } & Parameters<Shell['process']['wait']>[0],
): Promise<number> {
  const terminal = shell.interactive ? shell.process.terminal : undefined;
  const before = terminal?.foreground;
  if (terminal) terminal.foreground = child.group;
  try {
    return await shell.process.wait(child);
  } finally {
    if (terminal) terminal.foreground = before;
  }
}

async function runFunction(shell: Shell, node: FunctionNode, args: readonly string[]): Promise<number> {
  const { positional, loops } = shell;
  shell.enterCall();
  shell.positional = [...args];
  shell.loops = 0;
  shell.variables.enterFunction();
  try {
    const undo = await redirect(shell, node.redirections);
    try {
      return await shell.evaluator.command(shell, node.body);
    } finally {
      undo();
    }
  } catch (error) {
    if (error instanceof ReturnFlow) return error.status;
    throw error;
  } finally {
    shell.variables.leaveFunction();
    shell.positional = positional;
    shell.loops = loops;
    shell.calls--;
  }
}

async function expandWords(shell: Shell, node: SimpleCommandNode): Promise<string[]> {
  if (node.name === null) return [];
  const expander = new Expander(shell);
  const names = await expander.words([node.name]);
  const [name] = names;
  const alias = name === undefined || !shell.interactive ? undefined : shell.aliases.get(name);
  const head =
    alias === undefined ? names : [...alias.split(/\s+/).filter((word) => word !== ''), ...names.slice(1)];
  if (name === undefined || !declaring.has(name)) return [...head, ...(await expander.words(node.args))];
  for (const word of node.args)
    head.push(...(isAssignment(word) ? [await expander.text(word)] : await expander.words([word])));
  return head;
}

function isAssignment(word: WordNode): boolean {
  const [first] = word.parts;
  return first?.type === 'Literal' && /^[A-Za-z_]\w*\+?=/.test(first.value);
}

async function openForGood(shell: Shell, node: SimpleCommandNode): Promise<number> {
  try {
    await redirect(shell, node.redirections);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    // `exec` is a special builtin: a redirection that fails ends a shell that is not interactive.
    throw new ShellError(error.message, { status: error.status, fatal: true });
  }
  return 0;
}

async function withAssignments(
  shell: Shell,
  assignments: readonly AssignmentNode[],
  words: readonly string[],
  run: () => Promise<number>,
): Promise<number> {
  if (assignments.length === 0) return run();
  const before = assignments.map(({ name }) => ({
    name,
    variable: shell.variables.find(name),
    copy: { ...shell.variables.find(name) },
  }));
  for (const assignment of assignments) {
    await assign(shell, assignment);
    const variable = shell.variables.find(assignment.name);
    if (variable) variable.exported = true;
  }
  try {
    return await run();
  } finally {
    // POSIX keeps assignments before special builtins; only these are used that way.
    if (!['export', 'readonly', 'eval', '.', ':'].includes(words[0] ?? '') || shell.flavour.name === 'bash') {
      for (const { name, variable, copy } of before) {
        if (variable) Object.assign(variable, copy);
        else shell.variables.unset(name);
      }
    }
  }
}

async function assign(shell: Shell, node: AssignmentNode): Promise<void> {
  const expander = new Expander(shell);
  const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(node.name);
  if (node.array) {
    await assignArray(shell, node, node.array);
    return;
  }
  const value = node.value === null ? '' : await expander.text(node.value);
  if (element) {
    const [, array = '', rawKey = ''] = element;
    const key = await expander.key(array, rawKey);
    const before = node.append ? await expander.readElement(array, key) : '';
    shell.variables.setElement(array, key, before + value);
    return;
  }
  const variable = shell.variables.find(node.name);
  const before = node.append ? (shell.get(node.name) ?? '') : '';
  if (variable?.integer === true) {
    const number = await expander.expandText(
      `$((${node.append ? `${before === '' ? '0' : before}+` : ''}(${value})))`,
    );
    shell.set(node.name, number);
  } else shell.set(node.name, before + value);
}

async function assignArray(shell: Shell, node: AssignmentNode, words: readonly WordNode[]): Promise<void> {
  const expander = new Expander(shell);
  const before = shell.variables.find(node.name)?.value;
  const map = before instanceof Map ? (node.append ? before : new Map<string, string>()) : undefined;
  const list =
    node.append && Array.isArray(before)
      ? [...before]
      : node.append && typeof before === 'string'
        ? [before]
        : [];
  for (const word of words) {
    const keyed = /^\[(.+?)\]=(.*)$/s.exec(
      word.parts[0]?.type === 'Literal' ? await expander.text(word) : '',
    );
    if (keyed) {
      const [, key = '', value = ''] = keyed;
      if (map) map.set(key.replace(/^(['"])(.*)\1$/s, '$2'), value);
      else list[Number(key)] = value;
    } else list.push(...(await expander.words([word])));
  }
  shell.variables.setArray(node.name, map ?? list);
}
