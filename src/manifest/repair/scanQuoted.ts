import { isBlank, quoteOf } from './characters.ts';

/** A value that was read from a text: what it is to be written as, and where it ended. */
export interface Scanned {
  readonly raw: string;
  readonly end: number;
  readonly cleaned: boolean;
}

/** Longer values are not looked for: then the quote or bracket was just a character. */
const longest = 100_000;

/** Reads a quoted text at `start`, typographic quotes too; undefined when it does not end. */
export function scanQuoted(text: string, start: number): Scanned | undefined {
  const quote = quoteOf(text[start]);
  if (quote === undefined) return undefined;
  const straight = text[start] === quote;
  let raw: string = quote;
  const limit = Math.min(text.length, start + longest);
  for (let i = start + 1; i < limit; i++) {
    const character = text[i] ?? '';
    if (quote === '"' && character === '\\' && straight) {
      raw += character + (text[i + 1] ?? '');
      i += 1;
    } else if (quote === "'" && straight && character === "'" && text[i + 1] === "'") {
      raw += "''";
      i += 1;
    } else if (quoteOf(character) === quote && closes(text, i, straight, quote)) {
      const cleaned = !straight || character !== quote;
      return { raw: raw + quote, end: i + 1, cleaned };
    } else if (straight) raw += character;
    else
      raw +=
        quote === '"' && (character === '"' || character === '\\')
          ? `\\${character}`
          : character === "'"
            ? "''"
            : character;
  }
  return undefined;
}

/** A straight quote closes wherever it stands; a typographic one where a value can end. */
function closes(text: string, at: number, straight: boolean, quote: string): boolean {
  if (straight && text[at] === quote) return true;
  const next = text[at + 1];
  return next === undefined || isBlank(next) || /[\n,\]}:]/.test(next);
}

/** Reads `[…]` or `{…}` at `start`; undefined when the brackets do not match or it is none. */
export function scanFlow(text: string, start: number): Scanned | undefined {
  const closing: string[] = [];
  let raw = '';
  let cleaned = false;
  const limit = Math.min(text.length, start + longest);
  let i = start;
  while (i < limit) {
    const character = text[i] ?? '';
    const before = raw.trimEnd().at(-1) ?? '';
    if (quoteOf(character) !== undefined && /[[{,:]/.test(before)) {
      const quoted = scanQuoted(text, i);
      if (quoted === undefined) return undefined;
      raw += quoted.raw;
      cleaned ||= quoted.cleaned;
      i = quoted.end;
      continue;
    }
    i += 1;
    if (character === '\n') raw = `${raw.trimEnd()} `;
    else if (isBlank(character)) {
      if (!raw.endsWith(' ')) raw += ' ';
    } else raw += character;
    if (character === '[') closing.push(']');
    else if (character === '{') closing.push('}');
    else if (character === ']' || character === '}') {
      if (closing.pop() !== character) return undefined;
      if (closing.length === 0) return { raw, end: i, cleaned };
    }
    if (closing.length > 100) return undefined;
  }
  return undefined;
}
