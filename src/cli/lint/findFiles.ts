import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { globBase, globPattern, isGlob } from '../../base/glob.ts';

/** Folders that never hold manifests of one's own. */
const passedBy = new Set(['node_modules', '.git', '.hg', '.svn']);
const manifestName = /\.(?:ya?ml|json)$/i;

/** The files that words on the command line mean. */
export interface FoundFiles {
  /** As the user would name them: relative to where the user is, unless written absolute. `-` = standard input. */
  readonly files: readonly string[];
  /** Words that mean nothing, each with its reason. */
  readonly faults: readonly ExplainedError[];
  /** Whether a folder or a pattern was among the words. */
  readonly searched: boolean;
}

/** Looks up files, folders (all YAML and JSON files in them) and patterns. */
export async function findFiles(
  words: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const files = new Set<string>();
  const faults: ExplainedError[] = [];
  let searched = false;
  for (const word of words) {
    throwIfCancelled(signal);
    if (word === '-') {
      files.add(word);
      continue;
    }
    const kind = await kindOf(path.resolve(cwd, word));
    if (kind === 'file') files.add(normal(word));
    else if (kind === 'folder') {
      searched = true;
      for (const file of await walk(word, cwd, signal)) if (manifestName.test(file)) files.add(file);
    } else if (isGlob(word)) {
      searched = true;
      const matches = await expand(normal(word), cwd, signal);
      if (matches.length === 0) faults.push(new ExplainedError('no-match', `No file matches ${word}.`));
      for (const file of matches) files.add(file);
    } else {
      faults.push(new ExplainedError('no-such-file', `There is no file or folder ${word}.`));
    }
  }
  return { files: [...files], faults, searched };
}

async function kindOf(full: string): Promise<'file' | 'folder' | undefined> {
  try {
    const info = await stat(full);
    return info.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

async function expand(pattern: string, cwd: string, signal: AbortSignal): Promise<readonly string[]> {
  const base = globBase(pattern);
  if ((await kindOf(path.resolve(cwd, base))) !== 'folder') return [];
  const wanted = globPattern(pattern.replace(/^(?:\.\/)+/, ''));
  return (await walk(base, cwd, signal)).filter((file) => wanted.test(file));
}

/** Every file below a folder, sorted. Symbolic links to folders are not followed: they may go round in circles. */
async function walk(folder: string, cwd: string, signal: AbortSignal): Promise<readonly string[]> {
  throwIfCancelled(signal);
  const found: string[] = [];
  const entries = await readdir(path.resolve(cwd, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = normal(path.join(folder, entry.name));
    if (entry.isDirectory()) {
      if (!passedBy.has(entry.name)) found.push(...(await walk(file, cwd, signal)));
    } else if (entry.isFile() || entry.isSymbolicLink()) found.push(file);
  }
  return found;
}

function normal(file: string): string {
  return path.normalize(file).split(path.sep).join('/');
}
