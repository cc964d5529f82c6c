import { Descriptor } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { openDevice } from '../system/openFiles.ts';
import { Pipe } from '../system/pipe.ts';
import type { Process } from '../system/process.ts';
import type { CommandNode, CompoundNode, PipelineNode, ScriptNode, StatementNode } from './ast.ts';
import { conditional } from './conditional.ts';
import { Expander } from './expand.ts';
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from './flow.ts';
import { forLoop, countingLoop, whileLoop, caseCommand } from './loops.ts';
import { parseScript, type SyntaxError } from './parse.ts';
import { redirect } from './redirect.ts';
import type { Evaluator, Shell } from './shell.ts';
import { builtinFor, runSimple, runWords } from './simpleCommand.ts';
import { runPendingTraps, runExitTrap } from './traps.ts';

/** A command substitution keeps at most so much of what was printed. */
const longestSubstitution = 16 * 1024 * 1024;

/** Runs just-bash's syntax trees with real processes, pipes and descriptors, so that output comes as it is made. */
export const interpreter: Evaluator = {
  script: runScript,
  text: async (shell, source) => {
    const { script, error } = await parseScript(source);
    const status = await runScript(shell, script);
    // An open here-document ends with the text; nothing is said about it.
    if (error === undefined || error.message === '') return status;
    await reportSyntaxError(shell, error, source);
    return 2;
  },
  substitute,
  substituteProcess,
  command: (shell, node) => runCommand(shell, node),
  words: (shell, words, options) => runWords(shell, words, options),
  isBuiltin: (shell, name) => builtinFor(shell, name) !== undefined,
  parse: async (source) => {
    const { script, error } = await parseScript(source);
    if (error) throw new ShellError(error.message, { fatal: true, status: 2 });
    return script;
  },
};

export async function reportSyntaxError(shell: Shell, error: SyntaxError, source = ''): Promise<void> {
  shell.line = error.line;
  if (shell.flavour.name !== 'bash') {
    await shell.complain(`Syntax error: ${inDashWords(error.message)}`);
    return;
  }
  const prefix = shell.interactive ? `${shell.name}: ` : `${shell.name}: -c: line ${error.line}: `;
  const token = error.message.includes('unexpected token');
  const shown =
    token && !shell.interactive ? `${prefix}\`${source.split('\n')[error.line - 1] ?? ''}'\n` : '';
  await shell.process.printError(`${prefix}${error.message}\n${shown}`);
}

function inDashWords(message: string): string {
  if (/looking for matching `["']/.test(message)) return 'Unterminated quoted string';
  const token = /near unexpected token `(.*)'/.exec(message)?.[1];
  return token === undefined ? 'end of file unexpected' : `"${token}" unexpected`;
}

async function runScript(shell: Shell, script: ScriptNode): Promise<number> {
  return runList(shell, script.statements);
}

/** Runs the statements of a script or a body one after the other. */
export async function runList(shell: Shell, statements: readonly StatementNode[]): Promise<number> {
  for (const statement of statements) {
    await shell.process.kernel.cpu.breathe();
    shell.throwIfInterrupted();
    if (statement.deferredError) {
      await reportSyntaxError(shell, {
        message: statement.deferredError.message,
        line: shell.line,
        incomplete: false,
      });
      throw new ExitFlow(2);
    }
    if (statement.background) startInBackground(shell, statement);
    else await runAndOr(shell, statement);
    if (shell.pendingTraps.length > 0) await runPendingTraps(shell);
  }
  return shell.lastStatus;
}

async function runAndOr(shell: Shell, statement: StatementNode): Promise<void> {
  for (const [index, pipeline] of statement.pipelines.entries()) {
    const operator = index === 0 ? undefined : statement.operators[index - 1];
    if (operator === '&&' && shell.lastStatus !== 0) continue;
    if (operator === '||' && shell.lastStatus === 0) continue;
    const last = index === statement.pipelines.length - 1;
    const tested = !last || pipeline.negated;
    if (tested) shell.conditions++;
    try {
      shell.lastStatus = await runPipeline(shell, pipeline);
    } finally {
      if (tested) shell.conditions--;
    }
    if (last && !tested && shell.lastStatus !== 0 && shell.options.errexit && shell.conditions === 0) {
      throw new ExitFlow(shell.lastStatus);
    }
  }
}

async function runPipeline(shell: Shell, pipeline: PipelineNode): Promise<number> {
  const started = performance.now();
  const [first] = pipeline.commands;
  const status =
    pipeline.commands.length === 1 && first
      ? await runCommand(shell, first)
      : await runPiped(shell, pipeline);
  if (pipeline.timed === true) {
    const seconds = ((performance.now() - started) / 1000).toFixed(3);
    await shell.process.printError(
      pipeline.timePosix === true
        ? `real ${seconds.slice(0, -1)}\nuser 0.00\nsys 0.00\n`
        : `\nreal\t0m${seconds}s\nuser\t0m0.000s\nsys\t0m0.000s\n`,
    );
  }
  return pipeline.negated ? Number(status === 0) : status;
}

async function runPiped(shell: Shell, pipeline: PipelineNode): Promise<number> {
  const children: Process[] = [];
  let input: Descriptor | undefined;
  for (const [index, command] of pipeline.commands.entries()) {
    const last = index === pipeline.commands.length - 1;
    const table = shell.process.descriptors.copy();
    if (input) table.set(0, input);
    input = undefined;
    if (!last) {
      const pipe = new Pipe();
      const output = new Descriptor(pipe.input);
      table.set(1, output);
      if (pipeline.pipeStderr?.[index] === true) table.set(2, output.share());
      input = new Descriptor(pipe.output);
    }
    children.push(
      shell.process.fork((process) => subshell(shell, process, (s) => runCommand(s, command)), table),
    );
  }
  const statuses: number[] = [];
  for (const child of children) statuses.push(await shell.process.wait(child));
  shell.variables.setArray('PIPESTATUS', statuses.map(String));
  const failed = statuses.filter((status) => status !== 0).at(-1);
  return shell.options.pipefail ? (failed ?? 0) : (statuses.at(-1) ?? 0);
}

/** Runs something in a copy of the shell, in a process of its own. */
export async function subshell(
  shell: Shell,
  process: Process,
  body: (shell: Shell) => Promise<number>,
): Promise<number> {
  return guarded(shell.fork(process), body);
}

/** Runs the body of a shell process to its exit status: `exit`, fatal errors and the EXIT trap included. */
export async function guarded(shell: Shell, body: (shell: Shell) => Promise<number>): Promise<number> {
  let status: number;
  try {
    status = await body(shell);
  } catch (error) {
    if (error instanceof ExitFlow || error instanceof ReturnFlow) status = error.status;
    else if (error instanceof LoopFlow) status = 0;
    else if (error instanceof ShellError) {
      await shell.complain(error.message);
      // dash ends with 2 whatever the fatal error was.
      status = shell.flavour.name === 'dash' && error.status !== 0 && error.fatal ? 2 : error.status;
    } else throw error;
  }
  return runExitTrap(shell, status);
}

function startInBackground(shell: Shell, statement: StatementNode): void {
  const table = shell.process.descriptors.copy();
  // Without job control a background command must not eat the script's input.
  if (!shell.interactive) table.set(0, new Descriptor(openDevice('null')));
  const body = async (s: Shell): Promise<number> => {
    await runAndOr(s, statement);
    return s.lastStatus;
  };
  const process = shell.process.fork((child) => subshell(shell, child, body), table, shell.interactive);
  const number = (shell.jobs.at(-1)?.number ?? 0) + 1;
  const job = { number, process, text: statement.sourceText ?? '', status: undefined as number | undefined };
  shell.jobs.push(job);
  void process.exited.then((status) => {
    job.status = status;
  });
  shell.lastBackground = process.pid;
  shell.lastStatus = 0;
}

async function substitute(shell: Shell, script: ScriptNode): Promise<string> {
  const pipe = new Pipe();
  const table = shell.process.descriptors.copy();
  table.set(1, new Descriptor(pipe.input));
  const child = shell.process.fork((process) => subshell(shell, process, (s) => runScript(s, script)), table);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const bytes = await pipe.read(65_536, shell.process.signal);
    if (bytes.length === 0) break;
    size += bytes.length;
    if (size <= longestSubstitution) chunks.push(bytes);
  }
  shell.substituted = await shell.process.wait(child);
  return Buffer.concat(chunks).toString().replaceAll('\0', '').replace(/\n+$/, '');
}

function substituteProcess(shell: Shell, script: ScriptNode, direction: 'input' | 'output'): number {
  const pipe = new Pipe();
  const table = shell.process.descriptors.copy();
  const [theirs, ours] = direction === 'input' ? [pipe.input, pipe.output] : [pipe.output, pipe.input];
  table.set(direction === 'input' ? 1 : 0, new Descriptor(theirs));
  shell.process.fork((process) => subshell(shell, process, (s) => runScript(s, script)), table);
  let number = 63;
  while (shell.process.descriptors.has(number)) number--;
  shell.process.descriptors.set(number, new Descriptor(ours));
  shell.substitutions.push(number);
  return number;
}

/** Runs one command of whatever kind; its status is returned and errors of the command itself are reported. */
export async function runCommand(shell: Shell, command: CommandNode): Promise<number> {
  const outer = shell.substitutions;
  shell.substitutions = [];
  try {
    if (command.type === 'SimpleCommand') return await runSimple(shell, command);
    if (command.type === 'FunctionDef') {
      shell.functions.set(command.name, command);
      return 0;
    }
    const undo = await redirect(shell, command.redirections);
    try {
      return await runCompound(shell, command);
    } finally {
      undo();
    }
  } catch (error) {
    if (error instanceof SystemError && error.code !== 'EPIPE') {
      await shell.complain(error.text);
      return 1;
    }
    if (!(error instanceof ShellError) || (error.fatal && !shell.interactive)) throw error;
    await shell.complain(error.message);
    return error.status;
  } finally {
    for (const number of shell.substitutions) shell.process.descriptors.close(number);
    shell.substitutions = outer;
  }
}

async function runCompound(shell: Shell, command: CompoundNode): Promise<number> {
  switch (command.type) {
    case 'Group':
      return runBody(shell, command.body);
    case 'Subshell': {
      const child = shell.process.fork((process) =>
        subshell(shell, process, (s) => runBody(s, command.body)),
      );
      return shell.process.wait(child);
    }
    case 'If': {
      for (const clause of command.clauses) {
        if ((await tested(shell, () => runBody(shell, clause.condition))) === 0)
          return runBody(shell, clause.body);
      }
      return command.elseBody ? runBody(shell, command.elseBody) : 0;
    }
    case 'While':
    case 'Until':
      return whileLoop(shell, {
        condition: async () =>
          ((await tested(shell, () => runBody(shell, command.condition))) === 0) ===
          (command.type === 'While'),
        body: () => runBody(shell, command.body),
      });
    case 'For':
      return forLoop(shell, command, () => runBody(shell, command.body));
    case 'CStyleFor':
      return countingLoop(shell, command, () => runBody(shell, command.body));
    case 'Case':
      return caseCommand(shell, command, (body) => runBody(shell, body));
    case 'ArithmeticCommand':
      return Number((await new Expander(shell).number(command.expression)) === 0);
    case 'ConditionalCommand':
      if (!shell.flavour.bashisms) {
        await shell.complain(shell.flavour.notFound('[['));
        return 127;
      }
      return Number(!(await conditional(shell, command.expression)));
  }
}

async function runBody(shell: Shell, statements: readonly StatementNode[]): Promise<number> {
  return statements.length === 0 ? 0 : runList(shell, statements);
}

/** Runs something whose failure `set -e` ignores. */
async function tested<T>(shell: Shell, run: () => Promise<T>): Promise<T> {
  shell.conditions++;
  try {
    return await run();
  } finally {
    shell.conditions--;
  }
}
