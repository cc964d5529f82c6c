import type { OpenFile } from '../../system/descriptors.ts';
import { SystemError } from '../../system/errors.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { bashOnly, posix } from './builtin.ts';
import { Deadline } from '../../system/wait.ts';

/** Builtins that read input. */
export const inputBuiltins = {
  read: posix(read),
  mapfile: bashOnly(mapfile),
  readarray: bashOnly(mapfile),
};

interface ReadOptions {
  raw: boolean;
  prompt: string;
  seconds: number | undefined;
  characters: number | undefined;
  delimiter: string;
  array: string | undefined;
  descriptor: number;
  names: string[];
}

function options(args: readonly string[]): ReadOptions {
  const found: ReadOptions = {
    raw: false,
    prompt: '',
    seconds: undefined,
    characters: undefined,
    delimiter: '\n',
    array: undefined,
    descriptor: 0,
    names: [],
  };
  const rest = [...args];
  for (let word = rest[0]; word?.startsWith('-') === true && word !== '-'; word = rest[0]) {
    rest.shift();
    if (word === '--') break;
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] ?? '';
      if (letter === 'r') found.raw = true;
      else if (letter === 's' || letter === 'e') continue;
      else if ('ptnNdau'.includes(letter)) {
        const value = word.slice(index + 1) || (rest.shift() ?? '');
        if (letter === 'p') found.prompt = value;
        else if (letter === 't') found.seconds = Number(value);
        else if (letter === 'd') found.delimiter = value === '' ? '\0' : value.slice(0, 1);
        else if (letter === 'a') found.array = value;
        else if (letter === 'u') found.descriptor = Number(value);
        else found.characters = Number(value);
        break;
      } else throw new ShellError(`read: -${letter}: invalid option`, { status: 2 });
    }
  }
  found.names = rest;
  return found;
}

/** `read`: one line, taken from the input as it comes and not a byte further. Fails at the end of the input. */
async function read(shell: Shell, args: readonly string[]): Promise<number> {
  const wanted = options(args);
  if (wanted.prompt !== '' && shell.process.file(wanted.descriptor).kind === 'terminal') {
    await shell.process.printError(wanted.prompt);
  }
  const { text, complete, timedOut } = await readLine(shell, wanted);
  assignWords(shell, text, wanted);
  if (timedOut) return 142;
  return complete ? 0 : 1;
}

/** Reads up to a delimiter; what comes after it stays in the input. */
async function readLine(
  shell: Shell,
  wanted: ReadOptions,
): Promise<{ text: string; complete: boolean; timedOut: boolean }> {
  if (!shell.process.descriptors.has(wanted.descriptor)) {
    throw new ShellError(
      `read: ${wanted.descriptor}: invalid file descriptor: ${new SystemError('EBADF').text}`,
    );
  }
  const file = shell.process.file(wanted.descriptor);
  const limit = new Deadline((wanted.seconds ?? Number.POSITIVE_INFINITY) * 1000, shell.interruptible);
  try {
    return await readUntil(file, wanted, limit);
  } finally {
    limit.end();
  }
}

async function readUntil(
  file: OpenFile,
  wanted: ReadOptions,
  limit: Deadline,
): Promise<{ text: string; complete: boolean; timedOut: boolean }> {
  const stop = wanted.delimiter.charCodeAt(0);
  let collected: Buffer = Buffer.alloc(0);
  for (;;) {
    let bytes: Uint8Array;
    try {
      bytes = await file.read(wanted.characters === undefined ? 4096 : 1, limit.signal);
    } catch (error) {
      if (!limit.expired) throw error;
      return { text: collected.toString(), complete: false, timedOut: true };
    }
    if (bytes.length === 0) return { text: collected.toString(), complete: false, timedOut: false };
    const end = bytes.indexOf(stop);
    collected = Buffer.concat([collected, end === -1 ? bytes : bytes.subarray(0, end)]);
    if (end !== -1) {
      file.unread(bytes.subarray(end + 1));
      // A backslash at the line's end joins the next line.
      if (!wanted.raw && /(^|[^\\])(\\\\)*\\$/.test(collected.toString()) && wanted.delimiter === '\n') {
        collected = collected.subarray(0, -1);
        continue;
      }
      return { text: collected.toString(), complete: true, timedOut: false };
    }
    const enough = wanted.characters !== undefined && collected.toString().length >= wanted.characters;
    if (enough) return { text: collected.toString(), complete: true, timedOut: false };
  }
}

function assignWords(shell: Shell, line: string, wanted: ReadOptions): void {
  const separators = shell.separators;
  const text = wanted.raw ? line : line.replace(/\\(.)/gs, '$1');
  if (wanted.array !== undefined) {
    shell.variables.setArray(wanted.array, splitFields(text, separators, Number.POSITIVE_INFINITY));
    return;
  }
  if (wanted.names.length === 0) {
    shell.set('REPLY', text);
    return;
  }
  const fields = splitFields(text, separators, wanted.names.length);
  for (const [index, name] of wanted.names.entries()) shell.set(name, fields[index] ?? '');
}

/** Splits at the separators into at most so many fields; the last one keeps the rest. */
export function splitFields(text: string, separators: string, most: number): string[] {
  const blanks = Array.from(separators)
    .filter((char) => /[ \t\n]/.test(char))
    .join('');
  const isBlank = (char: string | undefined): boolean => char !== undefined && blanks.includes(char);
  const isSeparator = (char: string | undefined): boolean => char !== undefined && separators.includes(char);
  const fields: string[] = [];
  let at = 0;
  while (isBlank(text[at])) at++;
  while (at < text.length) {
    if (fields.length === most - 1) {
      let end = text.length;
      while (end > at && isBlank(text[end - 1])) end--;
      const rest = text.slice(at, end);
      const last = rest.at(-1);
      // One closing separator that is no blank ends the last field; more of them belong to it.
      const single = isSeparator(last) && !isBlank(last) && Array.from(rest).filter(isSeparator).length === 1;
      fields.push(single ? rest.slice(0, -1) : rest);
      return fields;
    }
    let end = at;
    while (end < text.length && !isSeparator(text[end])) end++;
    fields.push(text.slice(at, end));
    at = end;
    while (isBlank(text[at])) at++;
    if (isSeparator(text[at])) {
      at++;
      while (isBlank(text[at])) at++;
    }
  }
  return fields;
}

async function mapfile(shell: Shell, args: readonly string[]): Promise<number> {
  const trim = args.includes('-t');
  const name = args.filter((word) => !word.startsWith('-')).at(-1) ?? 'MAPFILE';
  const text = (await shell.process.readAll()).toString();
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  shell.variables.setArray(name, trim ? lines : lines.map((line) => `${line}\n`));
  return 0;
}
