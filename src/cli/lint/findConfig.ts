import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { configFileName, isExcluded, readConfigFile, type LintConfig } from '../../rules/index.ts';

/** A config with the file it is from. */
export interface FoundConfig {
  readonly file: string;
  readonly config: LintConfig;
}

/**
 * The config for a folder: the file that is named, else the nearest one in the folder or above, up to the folder
 * of the repository.
 * @throws {ExplainedError} where the named file cannot be read, or the file has a mistake: with file, line and remedy.
 */
export async function findConfig(named: string | undefined, cwd: string): Promise<FoundConfig | undefined> {
  const file = named === undefined ? await nearest(cwd) : path.resolve(cwd, named);
  if (file === undefined) return undefined;
  const shown = named ?? (path.relative(cwd, file) || configFileName);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ExplainedError('unreadable-config', `${shown} cannot be read: ${messageOf(error)}`, {
      cause: error,
      remedy: 'Name another file with --config, or leave it out with --no-config.',
    });
  }
  const { config, problems } = readConfigFile(text);
  const [first] = problems;
  if (first) {
    const { line, character } = first.range.start;
    throw new ExplainedError('bad-config', `${shown}:${line + 1}:${character + 1}: ${first.message}`, {
      remedy: first.remedy,
    });
  }
  return { file, config };
}

/** Whether a file is among those that the config leaves out. */
export function excludedBy({ file, config }: FoundConfig, cwd: string): (name: string) => boolean {
  const folder = path.dirname(file);
  return (name) => {
    const relative = path.relative(folder, path.resolve(cwd, name)).split(path.sep).join('/');
    return isExcluded(relative, config.exclude);
  };
}

async function nearest(cwd: string): Promise<string | undefined> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const file = path.join(folder, configFileName);
    if (await exists(file)) return file;
    if ((await exists(path.join(folder, '.git'))) || path.dirname(folder) === folder) return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}
