import type { FileSystem } from '../fs/fileSystem.ts';
import { absolute } from '../fs/fileSystem.ts';

/** A stretch of a word after expansion; quoted text never acts as a pattern and is never split. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** The source of a regular expression for a shell pattern. `*` and `?` match `/` only where asked. */
export function patternSource(pieces: readonly Piece[], matchSlash = true): string {
  // Quoted characters are kept apart from pattern characters as [char, quoted] pairs.
  const chars = pieces.flatMap(({ text, quoted }) => Array.from(text).map((char) => ({ char, quoted })));
  const any = matchSlash ? '[^]' : '[^/]';
  let source = '';
  for (let index = 0; index < chars.length; index++) {
    const { char = '', quoted = true } = chars[index] ?? {};
    if (quoted) source += escapeRegExp(char);
    else if (char === '*') source += `${any}*`;
    else if (char === '?') source += any;
    else if (char === '\\') source += escapeRegExp(chars[++index]?.char ?? '\\');
    else if (char === '[') {
      const set = bracket(chars.slice(index + 1));
      source += set === undefined ? '\\[' : set.source;
      index += set?.length ?? 0;
    } else source += escapeRegExp(char);
  }
  return source;
}

export function matchesPattern(text: string, pieces: readonly Piece[], ignoreCase = false): boolean {
  return new RegExp(`^(?:${patternSource(pieces)})$`, ignoreCase ? 'iu' : 'u').test(text);
}

export function hasWildcard(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text, quoted }) => !quoted && /[*?[]/.test(text));
}

/** Paths that match a pattern, sorted; none when nothing does. */
export function expandPath(pieces: readonly Piece[], files: FileSystem, cwd: string): string[] {
  const segments = splitAtSlash(pieces);
  const rooted = pieces[0]?.text.startsWith('/') === true;
  let found = [rooted ? '/' : ''];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment.length === 0) {
      if (last && index > 0) found = found.map((path) => (path.endsWith('/') ? path : `${path}/`));
      continue;
    }
    found = found.flatMap((base) => expandSegment(base, segment, files, cwd, last));
  }
  return found.filter((path) => path !== '').sort();
}

function expandSegment(
  base: string,
  segment: Piece[],
  files: FileSystem,
  cwd: string,
  last: boolean,
): string[] {
  const join = (name: string): string =>
    base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;
  if (!hasWildcard(segment)) {
    const path = join(segment.map(({ text }) => text).join(''));
    return files.find(absolute(cwd, path), !last) ? [path] : [];
  }
  const directory = absolute(cwd, base === '' ? '.' : base);
  if (files.find(directory)?.type !== 'directory' || !files.permits(directory, 'read')) return [];
  const expression = new RegExp(`^(?:${patternSource(segment, false)})$`, 'u');
  const hidden = segment[0]?.text.startsWith('.') === true;
  return files
    .list(directory)
    .filter((name) => (hidden || !name.startsWith('.')) && expression.test(name))
    .map(join);
}

function splitAtSlash(pieces: readonly Piece[]): Piece[][] {
  const segments: Piece[][] = [[]];
  for (const { text, quoted } of pieces) {
    for (const [index, part] of text.split('/').entries()) {
      if (index > 0) segments.push([]);
      if (part !== '') segments.at(-1)?.push({ text: part, quoted });
    }
  }
  return segments;
}

function bracket(
  chars: readonly { char: string; quoted: boolean }[],
): { source: string; length: number } | undefined {
  const negated = chars[0]?.quoted === false && (chars[0].char === '!' || chars[0].char === '^');
  let source = '';
  for (let index = negated ? 1 : 0; index < chars.length; index++) {
    const { char = '', quoted = true } = chars[index] ?? {};
    const first = index === (negated ? 1 : 0);
    if (char === ']' && !quoted && !first)
      return { source: `[${negated ? '^' : ''}${source}]`, length: index + 1 };
    const named = !quoted && char === '[' ? classAt(chars, index) : undefined;
    if (named) {
      source += named.source;
      index += named.length - 1;
    } else source += char === '-' && !quoted ? '-' : /[\]\\^[-]/.test(char) ? `\\${char}` : char;
  }
  return undefined;
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9a-fA-F',
};

function classAt(
  chars: readonly { char: string }[],
  index: number,
): { source: string; length: number } | undefined {
  const text = chars
    .slice(index, index + 12)
    .map(({ char }) => char)
    .join('');
  const name = /^\[:(\w+):\]/.exec(text)?.[1];
  const source = name === undefined ? undefined : classes[name];
  return name === undefined || source === undefined ? undefined : { source, length: name.length + 4 };
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`));
}
