import { t } from './l10n.ts';

/*
 * Text that came from a cluster, a container or a file may hold anything. These functions make it safe to
 * show; they never make it safe to run: nothing from a cluster is ever put into a shell.
 */

/** Controls, invisible format characters (bidirectional marks among them), lone surrogates, line separators. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What nearly all text is: nothing in it has to be made safe. */
const plain = /^[ -~]*$/;

function visible(text: string): string {
  return text.replace(unprintable, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  );
}

/**
 * One line of text for labels, descriptions and messages: unprintable characters are shown as U+FFFD,
 * line breaks and tabs as a blank, and what is longer than `limit` characters ends with an ellipsis.
 */
export function oneLine(text: string, limit = 300): string {
  if (text.length <= limit && plain.test(text)) return text;
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return visible(cut.replace(/[\t\n\r]+/g, ' '));
}

/** Several lines of text, such as a command's output: as {@link oneLine}, but line breaks and tabs stay. */
export function manyLines(text: string, limit = 65_536): string {
  const cut =
    text.length > limit
      ? `${text.slice(0, limit)}\n${t('… ({0} more characters)', text.length - limit)}`
      : text;
  return visible(cut.replace(/\r\n?/g, '\n'));
}

/** Text inside Markdown: every character that could start markup, a link or HTML is escaped. */
export function markdownText(text: string, limit = 2_000): string {
  return oneLine(text, limit).replace(/[\\`*_{}[\]()#+\-.!|<>~&$:@"']/g, (character) =>
    character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}

/** A fenced code block that its content cannot leave. */
export function markdownCodeBlock(text: string, language = 'text'): string {
  const content = manyLines(text);
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content.replace(/\n$/, '')}\n${fence}`;
}
