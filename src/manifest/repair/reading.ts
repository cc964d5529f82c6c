import type { Type } from '../schema/schema.ts';
import type { Frame, Hypothesis } from './frame.ts';
import type { Token } from './token.ts';

/** One thing that a reading does with a token; a list of them is how the repaired text is written. */
export type Op =
  | { readonly does: 'document'; readonly token: Token; readonly hypothesis: Hypothesis }
  | { readonly does: 'key'; readonly token: Token; readonly indent: number; readonly frame: Frame }
  /** A list marker; `added` where the text had none. */
  | { readonly does: 'item'; readonly token: Token; readonly indent: number; readonly added: boolean }
  | { readonly does: 'value'; readonly token: Token; readonly indent: number }
  /** The token belongs to the text of the value before it. */
  | { readonly does: 'glue'; readonly token: Token }
  | { readonly does: 'comment'; readonly token: Token }
  /** The token belongs to the comment before it. */
  | { readonly does: 'remark'; readonly token: Token }
  | { readonly does: 'header'; readonly token: Token; readonly indent: number }
  /** A whole line, or the token of a joined line, is text of the block scalar before it. */
  | { readonly does: 'content'; readonly token: Token; readonly whole: boolean }
  /** Text around manifests. */
  | { readonly does: 'outside'; readonly token: Token }
  /** It could not be placed. */
  | { readonly does: 'lost'; readonly token: Token };

/** How a reading came about, newest first. Readings that go on alike share what comes after. */
export interface Trail {
  readonly before: Trail | undefined;
  readonly ops: readonly Op[];
  readonly cost: number;
  /** Other ways to get here, that cost more. */
  readonly rivals: Trail[];
}

/** A key or list marker that waits for its value. */
export interface Pending {
  readonly type: Type | undefined;
  readonly role: string;
  readonly isItem: boolean;
  /** Where the keys of a map that is its value are written, and the markers of a list. */
  readonly mapIndent: number;
  readonly listIndent: number;
  readonly column: number | undefined;
}

export type Mode = 'normal' | 'comment' | 'lost' | 'block' | 'outside';

/** A reading of the tokens so far. */
export interface Reading {
  readonly frame: Frame | undefined;
  readonly pending: Pending | undefined;
  readonly mode: Mode;
  /** The value just read can go on: it is unquoted text. */
  readonly open: { readonly isProse: boolean } | undefined;
  /** Lines of a block scalar read so far; -1 where they kept their indentation and are one token. */
  readonly lines: number;
  /** The next token to look at: some steps take a whole line. */
  readonly next: number;
  readonly cost: number;
  readonly trail: Trail | undefined;
}

/** What two readings must have in common to go on alike. */
export function markOf(reading: Reading): string {
  const { frame, pending, mode, open, lines, next } = reading;
  const waits = pending ? `${pending.role}:${pending.isItem ? 1 : 0}:${pending.column ?? ''}` : '';
  return `${frame?.mark ?? ''}|${waits}|${mode}|${open ? (open.isProse ? 2 : 1) : 0}|${Math.sign(lines)}|${next}`;
}
