import type { Inode } from '../fs/inode.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { parseOptions } from './options.ts';

interface Entry {
  readonly name: string;
  readonly node: Inode;
}

/** `ls`, in columns on a terminal. */
export async function ls(process: Process): Promise<number> {
  const { flags, operands, unknown } = parseOptions(process.argv.slice(1), {
    flags: {
      all: ['-a', '--all'],
      almost: ['-A', '--almost-all'],
      long: ['-l'],
      one: ['-1'],
      directory: ['-d', '--directory'],
      recursive: ['-R'],
      time: ['-t'],
      reverse: ['-r'],
      size: ['-S'],
      human: ['-h'],
      inode: ['-i'],
      numeric: ['-n'],
      classify: ['-F', '-p'],
      ignored: ['-C', '-g', '-G', '-s', '--color', '-L', '-H', '-x', '-q'],
    },
    values: {},
  });
  if (unknown !== undefined && !unknown.startsWith('--color')) {
    await process.printError(
      `ls: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry 'ls --help' for more information.\n`,
    );
    return 2;
  }
  const files: Entry[] = [];
  const directories: string[] = [];
  let status = 0;
  for (const name of operands.length > 0 ? operands : ['.']) {
    try {
      const path = process.absolute(name);
      const follow = !flags.has('long') || name.endsWith('/');
      const node = follow
        ? (process.files.find(path) ?? process.files.lstat(path))
        : process.files.lstat(path);
      if (node.type === 'directory' && !flags.has('directory')) directories.push(name);
      else files.push({ name, node });
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      await process.printError(`ls: cannot access '${name}': ${error.text}\n`);
      status = 2;
    }
  }
  await show(process, sorted(files, flags), flags, false);
  let first = files.length === 0;
  const titled = operands.length > 1 || flags.has('recursive');
  while (directories.length > 0) {
    const directory = directories.shift() ?? '';
    if (titled) await process.print(`${first ? '' : '\n'}${directory}:\n`);
    first = false;
    try {
      const entries = entriesOf(process, directory, flags);
      await show(process, entries, flags, true);
      if (flags.has('recursive'))
        directories.unshift(
          ...entries
            .filter(({ name, node }) => node.type === 'directory' && name !== '.' && name !== '..')
            .map(({ name }) => `${directory.replace(/\/$/, '')}/${name}`),
        );
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      await process.printError(`ls: cannot open directory '${directory}': ${error.text}\n`);
      status = 2;
    }
  }
  return status;
}

function entriesOf(process: Process, directory: string, flags: ReadonlySet<string>): Entry[] {
  const path = process.absolute(directory);
  const names = process.files
    .list(path)
    .filter((name) => flags.has('all') || flags.has('almost') || !name.startsWith('.'));
  const entries = names.map((name) => ({ name, node: process.files.lstat(`${path}/${name}`) }));
  if (flags.has('all'))
    entries.push(
      { name: '.', node: process.files.stat(path) },
      { name: '..', node: process.files.stat(`${path}/..`) },
    );
  return sorted(entries, flags);
}

function sorted(entries: readonly Entry[], flags: ReadonlySet<string>): Entry[] {
  const result = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (flags.has('time')) result.sort((a, b) => b.node.mtime.getTime() - a.node.mtime.getTime());
  if (flags.has('size')) result.sort((a, b) => sizeOf(b.node) - sizeOf(a.node));
  return flags.has('reverse') ? result.reverse() : result;
}

async function show(
  process: Process,
  entries: readonly Entry[],
  flags: ReadonlySet<string>,
  total: boolean,
): Promise<void> {
  if (flags.has('long') || flags.has('numeric')) {
    if (total)
      await process.print(
        `total ${entries.reduce((sum, { node }) => sum + Math.ceil(sizeOf(node) / 4096) * 4, 0)}\n`,
      );
    await process.print(longLines(process, entries, flags));
    return;
  }
  const names = entries.map(
    ({ name, node }) => (flags.has('inode') ? `${node.ino} ` : '') + name + mark(node, flags),
  );
  if (names.length === 0) return;
  const { terminal } = process;
  const columns = process.file(1).kind === 'terminal' && !flags.has('one') && terminal ? terminal.columns : 0;
  await process.print(columns > 0 ? inColumns(names, columns) : `${names.join('\n')}\n`);
}

function mark(node: Inode, flags: ReadonlySet<string>): string {
  if (!flags.has('classify')) return '';
  return node.type === 'directory'
    ? '/'
    : node.type === 'symlink'
      ? '@'
      : (node.mode & 0o111) === 0
        ? ''
        : '*';
}

function inColumns(names: readonly string[], width: number): string {
  for (let rows = 1; ; rows++) {
    const count = Math.ceil(names.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map((name) => name.length)),
    );
    const total = widths.reduce((sum, each) => sum + each + 2, -2);
    if (total > width && rows < names.length) continue;
    const lines = Array.from({ length: rows }, (_, row) =>
      widths
        .map((size, column) =>
          (names[column * rows + row] ?? '').padEnd(column === widths.length - 1 ? 0 : size + 2),
        )
        .join('')
        .trimEnd(),
    );
    return `${lines.join('\n')}\n`;
  }
}

function longLines(process: Process, entries: readonly Entry[], flags: ReadonlySet<string>): string {
  const rows = entries.map(({ name, node }) => {
    const user = flags.has('numeric') ? String(node.uid) : process.kernel.userName(node.uid);
    const group = flags.has('numeric') ? String(node.gid) : process.kernel.userName(node.gid);
    const size = flags.has('human') ? human(sizeOf(node)) : String(sizeOf(node));
    const shown = node.type === 'symlink' ? `${name} -> ${node.target}` : name + mark(node, flags);
    return [
      modeText(node),
      String(node.type === 'directory' ? 2 : 1),
      user,
      group,
      size,
      dateText(node.mtime),
      shown,
    ];
  });
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      ([mode = '', links = '', user = '', group = '', size = '', date = '', name = '']) =>
        `${mode} ${links.padStart(widths[1] ?? 0)} ${user.padEnd(widths[2] ?? 0)} ${group.padEnd(widths[3] ?? 0)} ${size.padStart(widths[4] ?? 0)} ${date} ${name}\n`,
    )
    .join('');
}

function sizeOf(node: Inode): number {
  if (node.type === 'file') return node.content.size;
  if (node.type === 'symlink') return node.target.length;
  return node.type === 'directory' ? 4096 : 0;
}

function human(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${'BKMG'.charAt(power)}`;
}

/** `drwxr-xr-t`. */
export function modeText(node: Inode): string {
  const type = { file: '-', directory: 'd', symlink: 'l', device: 'c' }[node.type];
  const bits = Array.from('rwxrwxrwx')
    .map((letter, index) => ((node.mode >> (8 - index)) & 1 ? letter : '-'))
    .join('');
  return type + ((node.mode & 0o1000) === 0 ? bits : `${bits.slice(0, -1)}${bits.endsWith('x') ? 't' : 'T'}`);
}

function dateText(date: Date): string {
  const [, day = '', month = '', year = ''] = date.toUTCString().split(' ');
  const recent = Math.abs(Date.now() - date.getTime()) < 180 * 86_400_000;
  return `${month} ${String(Number(day)).padStart(2)} ${recent ? date.toISOString().slice(11, 16) : ` ${year}`}`;
}
