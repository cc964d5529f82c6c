import type { Descriptor } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import { openPath } from '../system/open.ts';
import type { Process } from '../system/process.ts';
import { parseOptions } from './options.ts';

/** Programs that pass bytes on as they come. */
export const streamTools: Readonly<Record<string, Program>> = { cat, head, tail, tee, yes };

/** Opens an operand for reading, `-` being the input; says what is wrong otherwise. */
async function openOperand(process: Process, name: string, program: string): Promise<Descriptor | undefined> {
  if (name === '-') return process.descriptors.get(0).share();
  try {
    return openPath(process, name, { read: true, write: false, append: false, truncate: false });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const said =
      program === 'cat'
        ? `cat: ${name}: ${error.text}`
        : `${program}: cannot open '${name}' for reading: ${error.text}`;
    await process.printError(`${said}\n`);
    return undefined;
  }
}

async function cat(process: Process): Promise<number> {
  const { flags, operands } = parseOptions(process.argv.slice(1), {
    flags: {
      number: ['-n'],
      ends: ['-e', '-E'],
      all: ['-A', '-v', '-t', '-T'],
      squeeze: ['-s'],
      unbuffered: ['-u'],
    },
    values: {},
  });
  let status = 0;
  let line = 1;
  for (const name of operands.length > 0 ? operands : ['-']) {
    const file = await openOperand(process, name, 'cat');
    if (file === undefined) {
      status = 1;
      continue;
    }
    try {
      if (flags.size === 0 || flags.has('unbuffered')) await copy(process, file);
      else {
        for await (const text of lines(process, file)) {
          const shown = flags.has('ends') || flags.has('all') ? text.replace(/\n$/, '$\n') : text;
          await process.print(flags.has('number') ? `${String(line++).padStart(6)}\t${shown}` : shown);
        }
      }
    } finally {
      file.release();
    }
  }
  return status;
}

async function copy(process: Process, file: Descriptor): Promise<void> {
  for (;;) {
    const bytes = await file.file.read(65_536, process.signal);
    if (bytes.length === 0) return;
    await process.write(1, bytes);
    await process.kernel.cpu.breathe();
  }
}

/** The lines of a file, with their ends. */
async function* lines(process: Process, file: Descriptor): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const bytes = await file.file.read(65_536, process.signal);
    if (bytes.length === 0) break;
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      yield rest.subarray(0, end + 1).toString();
      rest = rest.subarray(end + 1);
    }
    await process.kernel.cpu.breathe();
  }
  if (rest.length > 0) yield rest.toString();
}

/** `-5`, `-n 5`, `-c 10`, as head and tail take them. */
function counts(process: Process): {
  lines: string;
  bytes: string | undefined;
  flags: ReadonlySet<string>;
  operands: readonly string[];
} {
  const args = process.argv
    .slice(1)
    .flatMap((word) => (/^-\d+$/.test(word) ? ['-n', word.slice(1)] : [word]));
  const parsed = parseOptions(args, {
    flags: { quiet: ['-q', '--quiet', '--silent'], verbose: ['-v'], follow: ['-f', '-F', '--follow'] },
    values: { lines: ['-n', '--lines'], bytes: ['-c', '--bytes'], sleep: ['-s'], pid: ['--pid'] },
  });
  return {
    lines: parsed.values.get('lines')?.at(-1) ?? '10',
    bytes: parsed.values.get('bytes')?.at(-1),
    flags: parsed.flags,
    operands: parsed.operands.length > 0 ? parsed.operands : ['-'],
  };
}

type Wanted = ReturnType<typeof counts>;

/** What head and tail share: each operand in turn, under its name where there are several. @returns the exit status */
async function eachOperand(
  process: Process,
  program: string,
  wanted: Wanted,
  show: (file: Descriptor, isLast: boolean) => Promise<void>,
): Promise<number> {
  let status = 0;
  for (const [index, name] of wanted.operands.entries()) {
    const file = await openOperand(process, name, program);
    if (file === undefined) {
      status = 1;
      continue;
    }
    if (wanted.operands.length > 1 && !wanted.flags.has('quiet'))
      await process.print(`${index > 0 ? '\n' : ''}==> ${name} <==\n`);
    try {
      await show(file, index === wanted.operands.length - 1);
    } finally {
      file.release();
    }
  }
  return status;
}

function head(process: Process): Promise<number> {
  const wanted = counts(process);
  return eachOperand(process, 'head', wanted, (file) => headOf(process, file, wanted));
}

async function headOf(process: Process, file: Descriptor, wanted: Wanted): Promise<void> {
  if (wanted.bytes !== undefined) {
    let left = Number(wanted.bytes);
    while (left > 0) {
      const bytes = await file.file.read(left, process.signal);
      if (bytes.length === 0) return;
      await process.write(1, bytes);
      left -= bytes.length;
    }
    return;
  }
  const most = Number(wanted.lines);
  const kept: string[] = [];
  let count = 0;
  if (most === 0) return;
  for await (const line of lines(process, file)) {
    if (most > 0) {
      await process.print(line);
      if (++count >= most) return;
      continue;
    }
    // `-n -N`: all but the last lines.
    kept.push(line);
    const oldest = kept.length > -most ? kept.shift() : undefined;
    if (oldest !== undefined) await process.print(oldest);
  }
}

function tail(process: Process): Promise<number> {
  const wanted = counts(process);
  return eachOperand(process, 'tail', wanted, async (file, isLast) => {
    await tailOf(process, file, wanted);
    if (wanted.flags.has('follow') && isLast) await followFile(process, file);
  });
}

async function tailOf(process: Process, file: Descriptor, wanted: Wanted): Promise<void> {
  if (wanted.bytes !== undefined) {
    const chunks: Uint8Array[] = [];
    for (
      let bytes = await file.file.read(65_536, process.signal);
      bytes.length > 0;
      bytes = await file.file.read(65_536, process.signal)
    )
      chunks.push(bytes);
    const all = Buffer.concat(chunks);
    await process.write(
      1,
      wanted.bytes.startsWith('+')
        ? all.subarray(Number(wanted.bytes) - 1)
        : all.subarray(-Number(wanted.bytes)),
    );
    return;
  }
  const fromStart = wanted.lines.startsWith('+') ? Number(wanted.lines) : undefined;
  const most = Math.abs(Number(wanted.lines));
  const kept: string[] = [];
  let number = 0;
  for await (const line of lines(process, file)) {
    number++;
    if (fromStart !== undefined) {
      if (number >= fromStart) await process.print(line);
      continue;
    }
    kept.push(line);
    if (kept.length > most) kept.shift();
  }
  if (fromStart === undefined) await process.print(kept.join(''));
}

/** What is appended to a file, until the process is killed. */
async function followFile(process: Process, file: Descriptor): Promise<void> {
  // The end of a file is the end for pipes only.
  if (file.file.kind !== 'file' && file.file.kind !== 'device') return;
  for (;;) {
    const bytes = await file.file.read(65_536, process.signal);
    if (bytes.length > 0) await process.write(1, bytes);
    else await process.sleep(200);
  }
}

async function tee(process: Process): Promise<number> {
  const { flags, operands } = parseOptions(process.argv.slice(1), {
    flags: { append: ['-a', '--append'], ignore: ['-i'] },
    values: {},
  });
  const append = flags.has('append');
  const files: Descriptor[] = [];
  let status = 0;
  for (const name of operands) {
    try {
      files.push(openPath(process, name, { read: false, write: true, append, truncate: !append }));
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      await process.printError(`tee: ${name}: ${error.text}\n`);
      status = 1;
    }
  }
  try {
    for (;;) {
      const bytes = await process.file(0).read(65_536, process.signal);
      if (bytes.length === 0) return status;
      await process.write(1, bytes);
      for (const { file } of files) await file.write(bytes, process.signal);
    }
  } finally {
    for (const file of files) file.release();
  }
}

async function yes(process: Process): Promise<number> {
  const line = `${process.argv.slice(1).join(' ') || 'y'}\n`;
  for (;;) {
    await process.print(line.repeat(100));
    await process.kernel.cpu.breathe();
  }
}
