import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import type { Io } from './verb.ts';

/** Writes a file that was asked for. @throws ExplainedError that names it. */
export async function save(io: Io, file: string, text: string): Promise<void> {
  try {
    await writeFile(path.resolve(io.cwd, file), text);
  } catch (error) {
    throw new ExplainedError('unwritable', `${oneLine(file)} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
