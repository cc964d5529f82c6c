/** A line of the damaged text, without what belongs to a page and not to the manifest. */
export interface SourceLine {
  readonly text: string;
  /** Number of the line in the whole text, from 0. */
  readonly number: number;
}

/**
 * A piece of damaged YAML:
 * `key` = `name:`; `dash` = a list marker; `plain`, `quoted`, `flow` = values; `block` = `|` or `>` with the
 * lines below it; `header` = the same where its lines cannot be told from what follows; `comment` = up to the
 * end of the line; `opening` = the start of a comment that may end within its line; `separator` = `---`.
 */
export type TokenKind =
  'key' | 'dash' | 'plain' | 'quoted' | 'flow' | 'block' | 'header' | 'comment' | 'opening' | 'separator';

export interface Token {
  readonly kind: TokenKind;
  /** As it is to be written; of a key without the colon, of a comment without the `#`. */
  readonly raw: string;
  /** What a key is called; otherwise like `raw`. */
  readonly name: string;
  /** Index of its line among the {@link SourceLine}s, and that line's number in the whole text. */
  readonly row: number;
  readonly line: number;
  readonly column: number;
  /** Nothing but list markers stands before it in its line. */
  readonly leads: boolean;
  /** The first of its line. */
  readonly first: boolean;
  /** The line holds more than one field, as when line breaks were lost. */
  readonly joined: boolean;
  /** The text of a block scalar, without its indentation. */
  readonly lines?: readonly string[];
  /** Characters were exchanged for those that were meant: quotes, blanks, a dash. */
  readonly cleaned: boolean;
  /** A comment that was a note behind an arrow. */
  readonly arrow?: boolean;
}
