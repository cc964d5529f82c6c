import type { Terminal } from '../system/terminal.ts';
import { reportDone } from './builtins/jobs.ts';
import { Interrupted, LoopFlow, ReturnFlow, ShellError } from './flow.ts';
import { reportSyntaxError, runList } from './interpreter.ts';
import { complete } from './completion.ts';
import { LineEditor } from './lineEditor.ts';
import { parseScript } from './parse.ts';
import type { Shell } from './shell.ts';
import type { ScriptNode } from './ast.ts';

/** The prompt and what is typed at it, until `exit` or Ctrl-D. */
export async function runInteractive(shell: Shell, terminal: Terminal): Promise<number> {
  const editor = new LineEditor(shell.process, terminal, (text) => complete(shell, text));
  // Ctrl-C at a running command ends that; the shell itself goes on.
  shell.process.handlers.set('INT', () => shell.interrupt());
  shell.process.handlers.set('TERM', () => undefined);
  terminal.foreground = shell.process.group;
  for (;;) {
    await reportDone(shell);
    const source = await readCommand(shell, editor);
    if (source === undefined) {
      await shell.process.printError(shell.flavour.name === 'bash' ? 'exit\n' : '\n');
      return shell.lastStatus;
    }
    if (source !== '') await runTyped(shell, source);
  }
}

/** Reads lines until they make complete commands. Undefined at Ctrl-D, empty at Ctrl-C. */
async function readCommand(shell: Shell, editor: LineEditor): Promise<string | undefined> {
  let source = '';
  for (;;) {
    const result = await editor.read(source === '' ? prompt(shell) : (shell.get('PS2') ?? '> '));
    if (result.kind === 'interrupted') {
      shell.lastStatus = 130;
      return '';
    }
    if (result.kind === 'end') {
      if (source === '') return undefined;
      return source;
    }
    editor.remember(result.text);
    source += `${result.text}\n`;
    if (source.trim() === '') return '';
    const { error } = await parseScript(source);
    if (error?.incomplete !== true) return source;
  }
}

async function runTyped(shell: Shell, source: string): Promise<void> {
  const { script, error } = await parseScript(source);
  if (error && error.message !== '') {
    await reportSyntaxError(shell, error);
    shell.lastStatus = 2;
    return;
  }
  await runGuarded(shell, script);
}

async function runGuarded(shell: Shell, script: ScriptNode): Promise<void> {
  const { loops, calls, conditions } = shell;
  shell.forgetInterruption();
  try {
    await runList(shell, script.statements);
  } catch (error) {
    // Only `exit` leaves an interactive shell; a fatal error ends just the line.
    if (error instanceof ShellError) {
      await shell.complain(error.message);
      shell.lastStatus = error.status;
    } else if (error instanceof Interrupted) {
      await shell.process.printError('\n');
      shell.lastStatus = 130;
    } else if (!(error instanceof LoopFlow) && !(error instanceof ReturnFlow)) throw error;
  } finally {
    Object.assign(shell, { loops, calls, conditions });
  }
}

/** `root@testipod:/# `, or what PS1 says. */
function prompt(shell: Shell): string {
  const { kernel, who, cwd } = shell.process;
  const user = kernel.userName(who.uid);
  const home = shell.get('HOME');
  const short =
    home !== undefined && home !== '/' && (cwd === home || cwd.startsWith(`${home}/`))
      ? `~${cwd.slice(home.length)}`
      : cwd;
  const sign = who.uid === 0 ? '#' : '$';
  const host = kernel.hostname.split('.', 1)[0] ?? '';
  const custom = shell.variables.get('PS1');
  if (custom === undefined) {
    if (shell.flavour.name === 'dash') return `${sign} `;
    if (shell.flavour.name === 'busybox') return `${short} ${sign} `;
    return kernel.userland === 'redhat'
      ? `[${user}@${host} ${short === '/' ? '/' : (short.split('/').at(-1) ?? '')}]${sign} `
      : `${user}@${host}:${short}${sign} `;
  }
  return custom
    .replaceAll('\\u', user)
    .replaceAll('\\h', host)
    .replaceAll('\\H', kernel.hostname)
    .replaceAll('\\w', short)
    .replaceAll('\\W', short.split('/').at(-1) ?? '/')
    .replaceAll('\\$', sign)
    .replaceAll(/\\[[\]]/g, '')
    .replaceAll('\\e', '\u001b')
    .replaceAll('\\n', '\n');
}
