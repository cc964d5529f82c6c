import { parseSignal, signalNames, signalNumber, type SignalName } from '../../system/signals.ts';
import { signalGroup } from '../../system/process.ts';
import { Changes } from '../../system/wait.ts';
import { ShellError } from '../flow.ts';
import type { Job, Shell } from '../shell.ts';
import { bashOnly, posix } from './builtin.ts';

/** Builtins about background processes and signals. */
export const jobBuiltins = {
  wait: posix(wait),
  jobs: posix(async (shell) => {
    for (const job of shell.jobs) await shell.process.print(describe(job));
    forgetDone(shell);
    return 0;
  }),
  fg: posix(async (shell, [spec]) => {
    const job = spec === undefined ? shell.jobs.at(-1) : find(shell, spec);
    if (job === undefined) throw new ShellError(`fg: ${spec ?? 'current'}: no such job`);
    await shell.process.print(`${job.text}\n`);
    return shell.process.wait(job.process);
  }),
  bg: posix((shell, [spec]) => {
    const job = spec === undefined ? shell.jobs.at(-1) : find(shell, spec);
    if (job === undefined) throw new ShellError(`bg: ${spec ?? 'current'}: no such job`);
    return Promise.resolve(0);
  }),
  disown: bashOnly((shell) => {
    shell.jobs.length = 0;
    return Promise.resolve(0);
  }),
  kill: posix(kill),
  trap: posix(trap),
};

function describe(job: Job): string {
  const state = job.status === undefined ? 'Running' : job.status === 0 ? 'Done' : `Exit ${job.status}`;
  return `[${job.number}]+  ${state.padEnd(24)}${job.text}${job.status === undefined ? ' &' : ''}\n`;
}

/** Says which jobs have ended since the last prompt, and forgets them. */
export async function reportDone(shell: Shell): Promise<void> {
  for (const job of shell.jobs) if (job.status !== undefined) await shell.process.printError(describe(job));
  forgetDone(shell);
}

function forgetDone(shell: Shell): void {
  shell.jobs.splice(0, shell.jobs.length, ...shell.jobs.filter(({ status }) => status === undefined));
}

function find(shell: Shell, spec: string): Job | undefined {
  if (spec === '%%' || spec === '%+') return shell.jobs.at(-1);
  if (spec.startsWith('%')) return shell.jobs.find(({ number }) => String(number) === spec.slice(1));
  return shell.jobs.find(({ process }) => String(process.pid) === spec);
}

/** `wait`: for all jobs, for named ones, or with `-n` for the next one that ends. A trapped signal ends it. */
async function wait(shell: Shell, args: readonly string[]): Promise<number> {
  if (args[0] === '-n') {
    const running = shell.jobs.filter(({ status }) => status === undefined);
    if (running.length === 0) return 127;
    return Promise.race(running.map(({ process }) => shell.process.wait(process)));
  }
  if (args.length === 0) {
    for (const job of [...shell.jobs]) await waitUnlessTrapped(shell, job);
    shell.jobs.length = 0;
    return 0;
  }
  let status = 0;
  for (const spec of args) {
    const job = find(shell, spec);
    if (job === undefined) {
      if (shell.flavour.name === 'bash')
        await shell.complain(`wait: pid ${spec} is not a child of this shell`);
      status = 127;
    } else {
      status = await waitUnlessTrapped(shell, job);
      shell.jobs.splice(shell.jobs.indexOf(job), 1);
    }
  }
  return status;
}

async function waitUnlessTrapped(shell: Shell, job: Job): Promise<number> {
  const trapped = new Changes();
  const stop = new AbortController();
  const signal = AbortSignal.any([shell.interruptible, stop.signal]);
  const wake = shell.onTrap(() => trapped.notify());
  try {
    return await Promise.race([
      shell.process.wait(job.process),
      trapped.next(signal).then(() => 128 + trappedNumber(shell)),
    ]);
  } finally {
    wake();
    stop.abort();
  }
}

function trappedNumber(shell: Shell): number {
  const [first] = shell.pendingTraps;
  return first === undefined ? 0 : signalNumber(first);
}

async function kill(shell: Shell, args: readonly string[]): Promise<number> {
  const words = [...args];
  let signal: SignalName | '0' | undefined = 'TERM';
  const [first] = words;
  if (first === '-l') {
    await shell.process.print(
      `${signalNames.map((name) => `${signalNumber(name)}) SIG${name}`).join('\n')}\n`,
    );
    return 0;
  }
  if (first?.startsWith('-') === true && first !== '--') {
    words.shift();
    const name = first === '-s' || first === '-n' ? (words.shift() ?? '') : first.slice(1);
    signal = name === '0' ? '0' : parseSignal(name);
    if (signal === undefined) throw new ShellError(`kill: ${name}: invalid signal specification`);
  } else if (first === '--') words.shift();
  if (words.length === 0)
    throw new ShellError(
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
      { status: 2 },
    );
  let status = 0;
  for (const word of words) {
    if (!send(shell, word, signal)) {
      await shell.complain(
        shell.flavour.name === 'bash' ? `kill: (${word}) - No such process` : `kill: No such process`,
      );
      status = 1;
    }
  }
  return status;
}

function send(shell: Shell, word: string, signal: SignalName | '0'): boolean {
  const { kernel } = shell.process;
  const pid = word.startsWith('%') ? find(shell, word)?.process.pid : Number(word);
  if (pid === undefined || !Number.isInteger(pid)) return false;
  if (pid < 0 || pid === 0) {
    const group = pid === 0 ? shell.process.group : -pid;
    if (signal !== '0') signalGroup(kernel, group, signal);
    return true;
  }
  const target = kernel.processes.get(pid);
  if (target === undefined) return false;
  if (signal !== '0') target.deliver(signal);
  return true;
}

async function trap(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    for (const [name, action] of shell.traps) {
      await shell.process.print(`trap -- '${action}' ${name === 'EXIT' ? name : `SIG${name}`}\n`);
    }
    return 0;
  }
  const words = args[0] === '--' ? args.slice(1) : args;
  const [action = '', ...names] = words.length === 1 ? ['-', ...words] : words;
  for (const text of names) {
    const name = text === 'EXIT' || text === '0' ? 'EXIT' : parseSignal(text);
    if (name === undefined) {
      // ERR, DEBUG and RETURN exist in bash; the lab's shell accepts and never raises them.
      if (/^(ERR|DEBUG|RETURN)$/.test(text)) continue;
      throw new ShellError(`trap: ${text}: invalid signal specification`);
    }
    if (action === '-') {
      shell.traps.delete(name);
      if (name !== 'EXIT') shell.process.handlers.delete(name);
      continue;
    }
    shell.traps.set(name, action);
    if (name !== 'EXIT') shell.process.handlers.set(name, () => shell.trapped(name));
  }
  return 0;
}
