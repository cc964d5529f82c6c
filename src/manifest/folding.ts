/*
 * What can be folded in a YAML text: documents, blocks by indentation (a list may stand at its key's own
 * indentation), and comments. Works on broken text as well, since it only looks at lines.
 */

export interface Fold {
  /** Lines, from 0; both are part of it. */
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment';
}

interface Line {
  readonly number: number;
  /** Where the line's block stands: a list item counts as deeper than a key of the same column. */
  readonly depth: number;
}

/** The folds of a text, by their first line. */
export function foldsOf(text: string): readonly Fold[] {
  const folds: Fold[] = [];
  const open: Line[] = [];
  let document: number | undefined;
  let lastContent = -1;
  let comment: number | undefined;
  const lines = text.split(/\r\n|\r|\n/);
  const closeTo = (depth: number): void => {
    for (let line = open.at(-1); line !== undefined && line.depth >= depth; line = open.at(-1)) {
      open.pop();
      if (lastContent > line.number) folds.push({ start: line.number, end: lastContent });
    }
  };
  const endComment = (before: number): void => {
    if (comment !== undefined && before - comment > 1)
      folds.push({ start: comment, end: before - 1, kind: 'comment' });
    comment = undefined;
  };
  const endDocument = (): void => {
    closeTo(-1);
    if (document !== undefined && lastContent > document) folds.push({ start: document, end: lastContent });
    document = undefined;
  };
  for (const [number, line] of lines.entries()) {
    const content = line.trimStart();
    if (content.startsWith('#')) {
      comment ??= number;
      continue;
    }
    endComment(number);
    if (content === '') continue;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      endDocument();
      if (line.startsWith('---')) document = number;
      lastContent = number;
      continue;
    }
    document ??= number;
    const indent = line.length - content.length;
    // Twice, so that a list item finds a place between its key's column and the next.
    const depth = 2 * indent + (/^-(?:\s|$)/.test(content) ? 1 : 0);
    closeTo(depth);
    open.push({ number, depth });
    lastContent = number;
  }
  endComment(lines.length);
  endDocument();
  return mergeSameStart(folds);
}

/** A document without `---` starts where its first key does: the longer fold wins. */
function mergeSameStart(folds: readonly Fold[]): readonly Fold[] {
  const byStart = new Map<number, Fold>();
  for (const fold of folds) {
    const other = byStart.get(fold.start);
    if (other === undefined || other.end < fold.end) byStart.set(fold.start, fold);
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}
