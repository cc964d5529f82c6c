/*
 * Characters that web pages, word processors and chats put into YAML: other blanks, invisible ones, and
 * typographic quotes.
 */

const blanks = new Set(
  ' \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
);
const invisible = new Set('\u200b\u200c\u200d\u2060\ufeff\u00ad');
const doubleQuotes = new Set('"“”„‟″«»');
const singleQuotes = new Set("'‘’‚‛′");

/** A blank, of any width, or a character that shows nothing. */
export function isBlank(character: string | undefined): boolean {
  return character !== undefined && (blanks.has(character) || invisible.has(character));
}

/** The ASCII quote that a character stands for. */
export function quoteOf(character: string | undefined): '"' | "'" | undefined {
  if (character === undefined) return undefined;
  if (doubleQuotes.has(character)) return '"';
  return singleQuotes.has(character) ? "'" : undefined;
}

/** Text with plain blanks and without invisible characters; nothing else changes. */
export function plainBlanks(text: string): string {
  let plain = '';
  for (const character of text) {
    if (invisible.has(character)) continue;
    plain += character !== '\t' && blanks.has(character) ? ' ' : character;
  }
  return plain;
}

/** Whether text starts or ends with what cannot have been meant to be a part of it. */
export function hasStrayEnds(text: string): boolean {
  const ends = [text[0], text.at(-1)];
  return ends.some(
    (end) =>
      end !== undefined &&
      end !== '"' &&
      end !== "'" &&
      end !== ' ' &&
      (isBlank(end) || (quoteOf(end) !== undefined && end !== '′' && end !== '″')),
  );
}

/** The column of a text's end as an editor would show it, a tab being two blanks wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) if (!invisible.has(character)) width += character === '\t' ? 2 : 1;
  return width;
}
