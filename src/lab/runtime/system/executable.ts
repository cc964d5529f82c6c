import { absolute, type FileSystem } from '../fs/fileSystem.ts';
import { SystemError } from './errors.ts';

/** How an executable file of the lab begins; the name of its program follows on the same line. */
const magic = '\u007fELF practice lab program ';

/** The content of an executable file. */
export function executable(program: string): string {
  return `${magic}${program}\n`;
}

export interface Executable {
  /** The program that runs: by name for a binary, else the interpreter's. */
  readonly program: string;
  /** Arguments that come before the caller's own: those of a `#!` line and the script's path. */
  readonly before: readonly string[];
  readonly path: string;
}

const pathByDefault = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Looks a name up on the PATH; undefined when no executable file has it. */
export function which(
  name: string,
  files: FileSystem,
  cwd: string,
  path: string | undefined,
): string | undefined {
  if (name === '') return undefined;
  if (name.includes('/')) return files.find(absolute(cwd, name)) ? absolute(cwd, name) : undefined;
  for (const folder of (path ?? pathByDefault).split(':')) {
    const candidate = absolute(cwd, `${folder === '' ? '.' : folder}/${name}`);
    if (files.find(candidate)?.type === 'file' && files.permits(candidate, 'execute')) return candidate;
  }
  return undefined;
}

/**
 * Reads what kind of executable a file is.
 * @throws SystemError ENOENT, EACCES (no permission or a directory), ENOEXEC (text without `#!`)
 */
export function readExecutable(path: string, files: FileSystem): Executable {
  const node = files.stat(path);
  if (node.type !== 'file' || !files.permits(path, 'execute')) throw new SystemError('EACCES', path);
  const head = Buffer.from(node.content.read(0, 256)).toString('latin1');
  const line = head.split('\n', 1)[0] ?? '';
  if (line.startsWith(magic)) return { program: line.slice(magic.length), before: [], path };
  const script = /^#!\s*(\S+)\s*(.*?)\s*$/.exec(line);
  if (script === null) throw new SystemError('ENOEXEC', path);
  const [, interpreter = '', argument = ''] = script;
  const real = readExecutable(interpreter, files);
  return { program: real.program, before: [interpreter, ...(argument === '' ? [] : [argument]), path], path };
}
