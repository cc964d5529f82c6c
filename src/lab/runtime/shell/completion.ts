import { absolute } from '../fs/fileSystem.ts';
import type { Shell } from './shell.ts';

/** What Tab makes of the text before the cursor: how it goes on, and the choices when that is not clear. */
export interface Completion {
  readonly insert: string;
  readonly choices: readonly string[];
}

/** Completes the last word: a command at the beginning, a path elsewhere. */
export function complete(shell: Shell, text: string): Completion {
  const word = /[^\s;|&<>()=]*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - word.length);
  const first = /(^|[;|&(]|\b(?:then|do|else|sudo|exec)\b)\s*$/.test(before) && !word.includes('/');
  const found = first ? commands(shell, word) : paths(shell, word);
  const [only] = found;
  if (only === undefined) return { insert: '', choices: [] };
  if (found.length === 1)
    return { insert: only.slice(word.length) + (only.endsWith('/') ? '' : ' '), choices: [] };
  const common = found.reduce((prefix, candidate) => {
    let same = 0;
    while (same < prefix.length && prefix[same] === candidate[same]) same++;
    return prefix.slice(0, same);
  }, only);
  const shown = found.map((path) => path.replace(/^.*\/(?=[^/]+\/?$)/, ''));
  return { insert: common.slice(word.length), choices: common === word ? shown : [] };
}

function commands(shell: Shell, word: string): string[] {
  const { files, cwd } = shell.process;
  const names = new Set(shell.functions.keys());
  for (const folder of (shell.get('PATH') ?? '').split(':')) {
    const path = absolute(cwd, folder === '' ? '.' : folder);
    if (files.find(path)?.type === 'directory' && files.permits(path, 'read')) {
      for (const name of files.list(path)) names.add(name);
    }
  }
  return [...names].filter((name) => name.startsWith(word) && word !== '').sort();
}

function paths(shell: Shell, word: string): string[] {
  const { files, cwd } = shell.process;
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const start = word.slice(folder.length);
  const path = absolute(cwd, folder === '' ? '.' : folder.replace(/^~/, shell.get('HOME') ?? '/'));
  if (files.find(path)?.type !== 'directory' || !files.permits(path, 'read')) return [];
  return files
    .list(path)
    .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
    .map((name) => `${folder}${name}${files.find(`${path}/${name}`)?.type === 'directory' ? '/' : ''}`);
}
