import { SystemError } from '../system/errors.ts';
import { openPath } from '../system/open.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { parseOptions } from './options.ts';

/** Programs about processes, mounts and files that just-bash has not, or not for a container. */
export const systemTools: Readonly<Record<string, Program>> = {
  ps: (process) => ps(process, false),
  'busybox-ps': (process) => ps(process, true),
  pgrep,
  free: async (process) => {
    await process.print(
      '               total        used        free      shared  buff/cache   available\nMem:         2097152      524288     1048576           0      524288     1572864\nSwap:              0           0           0\n',
    );
    return 0;
  },
  uptime: async (process) => {
    await process.print(
      ` ${new Date().toISOString().slice(11, 19)} up 1 day,  0 users,  load average: 0.00, 0.00, 0.00\n`,
    );
    return 0;
  },
  df,
  mount,
  mktemp,
  dd,
  chown,
  realpath,
  cmp,
  vi: (process) => editor(process),
  nano: (process) => editor(process),
};

async function ps(process: Process, busybox: boolean): Promise<number> {
  const all = process.argv.slice(1).join(' ');
  const everything = busybox || /[eAax]/.test(all);
  const full = /[fu]/.test(all);
  const { kernel } = process;
  const shown = [...kernel.processes.values()].filter(
    ({ session }) => everything || session === process.session,
  );
  const command = (argv: readonly string[]): string => argv.join(' ');
  const name = (argv: readonly string[]): string => argv[0]?.split('/').at(-1) ?? '';
  const started = (date: Date): string => date.toISOString().slice(11, 16);
  if (busybox) {
    await process.print('PID   USER     TIME  COMMAND\n');
    for (const { pid, who, argv } of shown)
      await process.print(
        `${String(pid).padStart(5)} ${kernel.userName(who.uid).padEnd(8)}  0:00 ${command(argv)}\n`,
      );
    return 0;
  }
  if (all.includes('u')) {
    await process.print('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
    for (const { pid, who, argv, startedAt } of shown)
      await process.print(
        `${kernel.userName(who.uid).padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1   4364  3200 ?        Ss   ${started(startedAt)}   0:00 ${command(argv)}\n`,
      );
    return 0;
  }
  if (full) {
    await process.print('UID          PID    PPID  C STIME TTY          TIME CMD\n');
    for (const { pid, parent, who, argv, startedAt } of shown)
      await process.print(
        `${kernel.userName(who.uid).padEnd(8)} ${String(pid).padStart(7)} ${String(parent).padStart(7)}  0 ${started(startedAt)} ?        00:00:00 ${command(argv)}\n`,
      );
    return 0;
  }
  await process.print('    PID TTY          TIME CMD\n');
  for (const { pid, argv } of shown)
    await process.print(`${String(pid).padStart(7)} ?        00:00:00 ${name(argv)}\n`);
  return 0;
}

async function pgrep(process: Process): Promise<number> {
  const pattern = process.argv.at(-1) ?? '';
  const full = process.argv.includes('-f');
  const found = [...process.kernel.processes.values()].filter(
    ({ pid, argv }) => pid !== process.pid && (full ? argv.join(' ') : (argv[0] ?? '')).includes(pattern),
  );
  await process.print(found.map(({ pid }) => `${pid}\n`).join(''));
  return found.length > 0 ? 0 : 1;
}

async function df(process: Process): Promise<number> {
  const human = process.argv.slice(1).some((word) => /^-\w*h/.test(word));
  const [size, used, free] = human ? ['50G', '5.0G', '45G'] : ['52428800', '5242880', '47185920'];
  await process.print(
    human
      ? 'Filesystem      Size  Used Avail Use% Mounted on\n'
      : 'Filesystem     1K-blocks     Used Available Use% Mounted on\n',
  );
  for (const { path } of process.kernel.files.mountList()) {
    if (path === '/proc') continue;
    await process.print(
      `${(path === '/' ? 'overlay' : '/dev/vda1').padEnd(15)} ${size.padStart(8)} ${used.padStart(8)} ${free.padStart(9)}  10% ${path}\n`,
    );
  }
  return 0;
}

async function mount(process: Process): Promise<number> {
  if (process.argv.length > 1 && process.argv[1]?.startsWith('-') !== true) {
    await process.printError('mount: only root can do that, and not in a container\n');
    return 1;
  }
  for (const { path, readOnly } of process.kernel.files.mountList()) {
    const type = path === '/' ? 'overlay' : path === '/proc' ? 'proc' : 'ext4';
    await process.print(
      `${path === '/' ? 'overlay' : path === '/proc' ? 'proc' : '/dev/vda1'} on ${path} type ${type} (${readOnly ? 'ro' : 'rw'},relatime)\n`,
    );
  }
  return 0;
}

async function mktemp(process: Process): Promise<number> {
  const { flags, operands, values } = parseOptions(process.argv.slice(1), {
    flags: { directory: ['-d'], quiet: ['-q'], inTmp: ['-t'], dry: ['-u'] },
    values: { folder: ['-p'] },
  });
  const template = operands[0] ?? 'tmp.XXXXXXXXXX';
  const letters = (): string => Math.random().toString(36).slice(2, 12).padEnd(10, 'a');
  const name = template.replace(/X+$/, (marks) => letters().repeat(3).slice(0, marks.length));
  const base =
    operands.length === 0 || flags.has('inTmp') || values.has('folder')
      ? (values.get('folder')?.at(-1) ?? process.environment.get('TMPDIR') ?? '/tmp')
      : '';
  const path = base === '' ? process.absolute(name) : process.absolute(`${base}/${name}`);
  try {
    if (flags.has('directory')) process.files.makeDirectory(path);
    else if (!flags.has('dry')) process.files.fileToWrite(path, { truncate: false, exclusive: true });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await process.printError(`mktemp: failed to create file via template '${template}': ${error.text}\n`);
    return 1;
  }
  await process.print(`${base === '' ? name : path}\n`);
  return 0;
}

async function dd(process: Process): Promise<number> {
  const words = new Map(
    process.argv
      .slice(1)
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  const bytesOf = (text: string): number => {
    const [, number = '0', unit = ''] = /^(\d+)([kKMG]?)/.exec(text) ?? [];
    return Number(number) * ({ '': 1, k: 1024, K: 1024, M: 1_048_576, G: 1_073_741_824 }[unit] ?? 1);
  };
  const size = bytesOf(words.get('bs') ?? '512');
  const count = words.has('count') ? Number(words.get('count')) : Number.POSITIVE_INFINITY;
  const input = words.has('if')
    ? openPath(process, words.get('if') ?? '', { read: true, write: false, append: false, truncate: false })
    : process.descriptors.get(0).share();
  const output = words.has('of')
    ? openPath(process, words.get('of') ?? '', { read: false, write: true, append: false, truncate: true })
    : process.descriptors.get(1).share();
  let total = 0;
  try {
    for (let left = count * size; left > 0;) {
      const bytes = await input.file.read(Math.min(left, size), process.signal);
      if (bytes.length === 0) break;
      await output.file.write(bytes, process.signal);
      await process.kernel.cpu.breathe();
      total += bytes.length;
      left -= bytes.length;
    }
  } finally {
    input.release();
    output.release();
  }
  const blocks = Math.floor(total / size);
  await process.printError(
    `${blocks}+${total % size === 0 ? 0 : 1} records in\n${blocks}+${total % size === 0 ? 0 : 1} records out\n${total} bytes copied\n`,
  );
  return 0;
}

async function chown(process: Process): Promise<number> {
  const { flags, operands } = parseOptions(process.argv.slice(1), {
    flags: { recursive: ['-R', '--recursive'], link: ['-h'], verbose: ['-v'] },
    values: {},
  });
  const [owner = '', ...paths] = operands;
  const [user = '', group] = owner.split(/[:.]/);
  const idOf = (name: string, file: string): number | undefined => {
    if (/^\d+$/.test(name)) return Number(name);
    const lines = Buffer.from(process.kernel.files.readFile(file)).toString().split('\n');
    const entry = lines.map((line) => line.split(':')).find(([known]) => known === name);
    return entry === undefined ? undefined : Number(entry[2]);
  };
  const uid = user === '' ? undefined : idOf(user, '/etc/passwd');
  const gid = group === undefined || group === '' ? undefined : idOf(group, '/etc/group');
  if (user !== '' && uid === undefined) {
    await process.printError(`chown: invalid user: '${owner}'\n`);
    return 1;
  }
  let status = 0;
  const change = (path: string): void => {
    const node = process.files.stat(path);
    process.files.changeOwner(path, uid ?? node.uid, gid ?? node.gid);
    if (flags.has('recursive') && node.type === 'directory')
      for (const name of process.files.list(path)) change(`${path}/${name}`);
  };
  for (const path of paths) {
    try {
      change(process.absolute(path));
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      await process.printError(
        `chown: ${error.code === 'ENOENT' ? 'cannot access' : 'changing ownership of'} '${path}': ${error.text}\n`,
      );
      status = 1;
    }
  }
  return status;
}

async function realpath(process: Process): Promise<number> {
  let status = 0;
  for (const word of process.argv.slice(1).filter((name) => !name.startsWith('-'))) {
    try {
      await process.print(`${process.files.realpath(process.absolute(word))}\n`);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      await process.printError(`realpath: ${word}: ${error.text}\n`);
      status = 1;
    }
  }
  return status;
}

async function cmp(process: Process): Promise<number> {
  const [first = '', second = ''] = process.argv.slice(1).filter((word) => !word.startsWith('-'));
  try {
    const [a, b] = [first, second].map((name) => Buffer.from(process.files.readFile(process.absolute(name))));
    if (a === undefined || b === undefined || a.equals(b)) return 0;
    const at = a.findIndex((byte, index) => byte !== b[index]);
    const place = at === -1 ? a.length : at;
    if (!process.argv.includes('-s'))
      await process.print(
        `${first} ${second} differ: byte ${place + 1}, line ${a.subarray(0, place).toString().split('\n').length}\n`,
      );
    return 1;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await process.printError(`cmp: ${error.text}\n`);
    return 2;
  }
}

/** Full-screen editors are beyond the lab: it says how else to write a file. */
async function editor(process: Process): Promise<number> {
  const [program = 'vi', file = 'FILE'] = process.argv;
  await process.printError(
    `${program.split('/').at(-1) ?? 'vi'}: the practice lab has no full-screen editor. Write a file with\n  echo 'some text' > ${file}\nor type several lines and end them with Ctrl-D:\n  cat > ${file}\n`,
  );
  return 1;
}
