/** Whether a word has characters that a shell would expand, had it seen the word without quotes. */
export function isGlob(word: string): boolean {
  return /[*?{[]/.test(word);
}

/** The part of a pattern before its first special character, up to the last slash: where to start looking. */
export function globBase(pattern: string): string {
  const special = pattern.search(/[*?{[]/);
  const plain = special === -1 ? pattern : pattern.slice(0, special);
  const slash = plain.lastIndexOf('/');
  return slash === -1 ? '.' : plain.slice(0, slash) || '/';
}

/** A pattern with `*`, `?`, `**`, `[abc]` and `{a,b}` as a regular expression for whole paths with slashes. */
export function globPattern(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    if (pattern.startsWith('**/', i)) {
      source += '(?:[^/]+/)*';
      i += 2;
    } else if (pattern.startsWith('**', i)) {
      source += '.*';
      i += 1;
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '{') {
      source += '(?:';
      depth += 1;
    } else if (character === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (character === ',' && depth > 0) source += '|';
    else if (character === '[' && pattern.includes(']', i + 1)) {
      const close = pattern.indexOf(']', i + 1);
      source += `[${pattern
        .slice(i + 1, close)
        .replace(/^!/, '^')
        .replace(/[\\[]/g, '\\$&')}]`;
      i = close;
    } else source += character.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`);
}
