import { SystemError } from '../system/errors.ts';
import { which } from '../system/executable.ts';
import type { Program } from '../system/kernel.ts';
import { signalGroup, type Process, type SpawnOptions } from '../system/process.ts';
import { parseSignal, signalNumber } from '../system/signals.ts';
import { delay } from '../system/wait.ts';
import { parseOptions } from './options.ts';

/** Programs about processes: they start, time and end others. */
export const processTools: Readonly<Record<string, Program>> = {
  sleep,
  timeout,
  env,
  nohup: (process) => runWrapped(process, process.argv.slice(1), {}),
  nice: (process) => runWrapped(process, process.argv.slice(process.argv[1] === '-n' ? 3 : 1), {}),
  xargs,
  kill,
  pause,
};

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `1.5`, `2m`; NaN when it is no time. */
function seconds(text: string): number {
  if (text === 'infinity' || text === 'inf') return Number.MAX_SAFE_INTEGER / 1000;
  const [, number, unit = ''] = /^(\d*\.?\d+|\d+\.)([smhd]?)$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (units[unit] ?? Number.NaN);
}

async function sleep(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  if (words.length === 0) {
    await process.printError("sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  let total = 0;
  for (const word of words) {
    const time = seconds(word);
    if (Number.isNaN(time)) {
      await process.printError(
        `sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`,
      );
      return 1;
    }
    total += time;
  }
  // Longer waits than a timer can hold come in pieces.
  for (let left = total * 1000; left > 0; left -= 1_000_000_000)
    await process.sleep(Math.min(left, 1_000_000_000));
  return 0;
}

/** The pause container's program, and agnhost's `pause`: nothing until a signal. */
async function pause(process: Process): Promise<number> {
  for (const signal of ['INT', 'TERM'] as const) process.handlers.set(signal, () => process.deliver('KILL'));
  await process.sleep(2_147_000_000);
  return 0;
}

/** Starts a program for another one and waits for it; says why when it cannot be started. */
async function runWrapped(process: Process, argv: readonly string[], options: SpawnOptions): Promise<number> {
  const program = process.argv[0]?.split('/').at(-1) ?? '';
  try {
    return await process.wait(process.spawn(argv, options));
  } catch (error) {
    if (!(error instanceof SystemError) || process.signal.aborted) throw error;
    const text = process.kernel.userland === 'busybox' || process.kernel.userland === 'alpine';
    const said = text
      ? `can't execute '${argv[0] ?? ''}': ${error.text}`
      : program === 'env'
        ? `‘${argv[0] ?? ''}’: ${error.text}`
        : `failed to run command ‘${argv[0] ?? ''}’: ${error.text}`;
    await process.printError(`${program}: ${said}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

async function timeout(process: Process): Promise<number> {
  const { values, flags, operands } = parseOptions(
    process.argv.slice(1),
    {
      flags: { preserve: ['--preserve-status'], foreground: ['--foreground'], verbose: ['-v', '--verbose'] },
      values: { signal: ['-s', '--signal'], killAfter: ['-k', '--kill-after'] },
    },
    true,
  );
  const [duration, ...command] = operands;
  if (duration === undefined || command.length === 0) {
    await process.printError("timeout: missing operand\nTry 'timeout --help' for more information.\n");
    return 125;
  }
  const limit = seconds(duration);
  const signal = parseSignal(values.get('signal')?.at(-1) ?? 'TERM');
  if (Number.isNaN(limit) || signal === undefined) {
    await process.printError(
      `timeout: invalid ${signal === undefined ? 'signal' : `time interval '${duration}'`}\nTry 'timeout --help' for more information.\n`,
    );
    return 125;
  }
  let child: Process;
  try {
    child = process.spawn(command, { newGroup: true });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await process.printError(`timeout: failed to run command '${command[0] ?? ''}': ${error.text}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
  for (const name of ['TERM', 'INT', 'HUP'] as const)
    process.handlers.set(name, () => signalGroup(process.kernel, child.group, name));
  const expired = limit === 0 ? 'no' : await within(process, child, limit * 1000);
  if (expired === 'no') return process.wait(child);
  signalGroup(process.kernel, child.group, signal);
  const killAfter = values.get('killAfter')?.at(-1);
  if (killAfter !== undefined && (await within(process, child, seconds(killAfter) * 1000)) === 'yes') {
    signalGroup(process.kernel, child.group, 'KILL');
  }
  const status = await process.wait(child);
  if (flags.has('preserve')) return status;
  // busybox reports the signal, coreutils its own 124.
  return /^(busybox|alpine)$/.test(process.kernel.userland)
    ? 128 + signalNumber(signal)
    : signal === 'KILL'
      ? 137
      : 124;
}

async function within(process: Process, child: Process, milliseconds: number): Promise<'yes' | 'no'> {
  const stop = new AbortController();
  const expired = delay(milliseconds, AbortSignal.any([process.signal, stop.signal])).then(
    () => 'yes' as const,
    () => 'no' as const,
  );
  const ended = child.exited.then(() => 'no' as const);
  const result = await Promise.race([expired, ended]);
  stop.abort();
  process.signal.throwIfAborted();
  return result;
}

async function env(process: Process): Promise<number> {
  const { values, flags, operands } = parseOptions(
    process.argv.slice(1),
    {
      flags: { ignore: ['-i', '--ignore-environment'], nul: ['-0', '--null'] },
      values: { unset: ['-u', '--unset'], chdir: ['-C', '--chdir'] },
    },
    true,
  );
  const environment = new Map(flags.has('ignore') || operands[0] === '-' ? [] : process.environment);
  for (const name of values.get('unset') ?? []) environment.delete(name);
  const words = operands[0] === '-' ? operands.slice(1) : [...operands];
  while (words[0] !== undefined && /^[A-Za-z_]\w*=/.test(words[0])) {
    const word = words.shift() ?? '';
    environment.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  }
  if (words.length === 0) {
    const end = flags.has('nul') ? '\0' : '\n';
    await process.print([...environment].map(([name, value]) => `${name}=${value}${end}`).join(''));
    return 0;
  }
  const cwd = values.get('chdir')?.at(-1);
  const path = which(
    words[0] ?? '',
    process.files,
    process.cwd,
    environment.get('PATH') ?? process.environment.get('PATH'),
  );
  return runWrapped(process, words, {
    environment,
    ...(path === undefined ? {} : { path }),
    ...(cwd === undefined ? {} : { cwd: process.absolute(cwd) }),
  });
}

async function xargs(process: Process): Promise<number> {
  const { values, flags, operands } = parseOptions(
    process.argv.slice(1),
    {
      flags: { nul: ['-0', '--null'], noRun: ['-r', '--no-run-if-empty'], trace: ['-t'] },
      values: {
        each: ['-n', '--max-args'],
        replace: ['-I'],
        parallel: ['-P', '--max-procs'],
        delimiter: ['-d'],
      },
    },
    true,
  );
  const input = (await process.readAll()).toString();
  const replace = values.get('replace')?.at(-1);
  const delimiter = flags.has('nul') ? '\0' : values.get('delimiter')?.at(-1)?.replace('\\n', '\n');
  const items = splitItems(input, replace === undefined ? delimiter : (delimiter ?? '\n'));
  const command = operands.length > 0 ? operands : ['echo'];
  const each = replace === undefined ? Number(values.get('each')?.at(-1) ?? Number.POSITIVE_INFINITY) : 1;
  const runs: string[][] = [];
  for (let index = 0; index < items.length; index += each) {
    const batch = items.slice(index, Number.isFinite(each) ? index + each : items.length);
    runs.push(
      replace === undefined
        ? [...command, ...batch]
        : command.map((word) => word.replaceAll(replace, batch[0] ?? '')),
    );
    if (!Number.isFinite(each)) break;
  }
  if (runs.length === 0 && !flags.has('noRun') && replace === undefined) runs.push([...command]);
  const width = Math.max(1, Number(values.get('parallel')?.at(-1) ?? 1));
  let status = 0;
  const worker = async (): Promise<void> => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      if (flags.has('trace')) await process.printError(`${run.join(' ')}\n`);
      const code = await runWrapped(process, run, {});
      if (code === 127 || code === 126) status = code;
      else if (code !== 0 && status === 0) status = 123;
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, 64) }, worker));
  return status;
}

function splitItems(input: string, delimiter: string | undefined): string[] {
  if (delimiter !== undefined)
    return input
      .split(delimiter)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  return [...input.matchAll(/"([^"]*)"|'([^']*)'|((?:\\.|[^\s'"\\])+)/g)].map(
    (match) => match[1] ?? match[2] ?? (match[3] ?? '').replace(/\\(.)/g, '$1'),
  );
}

async function kill(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  const named = words[0]?.startsWith('-') === true ? (words.shift() ?? '').replace(/^-(s)?/, '') : 'TERM';
  const signal = parseSignal(named === '' ? (words.shift() ?? '') : named);
  let status = 0;
  for (const word of words) {
    const target = process.kernel.processes.get(Number(word));
    if (target === undefined) {
      await process.printError(`kill: (${word}): No such process\n`);
      status = 1;
    } else if (named !== '0' && signal) target.deliver(signal);
  }
  return status;
}
