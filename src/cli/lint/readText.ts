import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../base/errors.ts';

/** Reads a file, or standard input for `-`, as text. @throws {ExplainedError} when that is not possible. */
export async function readText(
  file: string,
  cwd: string,
  stdin: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<string> {
  if (file === '-') return decode(await readAll(stdin), 'standard input');
  try {
    return decode(await readFile(path.resolve(cwd, file), { signal }), file);
  } catch (error) {
    if (error instanceof ExplainedError || signal.aborted) throw error;
    throw new ExplainedError('unreadable', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** YAML is UTF-8, or UTF-16 with a byte order mark (as Windows PowerShell writes files). */
function decode(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ExplainedError('not-utf8', `${file} is not valid ${encoding.toUpperCase()} text.`, {
      remedy: 'Save it as UTF-8.',
      cause: error,
    });
  }
}
