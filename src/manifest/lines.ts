/*
 * A line-by-line look at YAML text that may be broken: enough to know which lines are text of a block scalar
 * (`|`, `>`), and which key a line stands under. Used where the text cannot be parsed yet.
 */

export interface ScannedLine {
  readonly text: string;
  /** Offset of the line's first character. */
  readonly start: number;
  readonly indent: number;
  /** The line is content of a block scalar: its text means nothing to YAML. */
  readonly literal: boolean;
  /** Keys of the lines that this one stands under, outermost first, by indentation. */
  readonly parents: readonly string[];
}

const blockHeader = /(?:^|[\s:-])[|>][-+\d]*\s*(?:#.*)?$/;
const keyOfLine = /^(?:- +)*(?:"([^"]*)"|'([^']*)'|([^\s"'#:[{][^\s:#]*))\s*:(?:\s|$)/;

/** Yields every line that is not empty. */
export function* scanLines(text: string): Generator<ScannedLine> {
  let literalAbove: number | undefined;
  const stack: { indent: number; key: string }[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const lineStart = start;
    start += raw.length + 1;
    const trimmed = line.trimStart();
    if (trimmed === '') continue;
    const indent = line.length - trimmed.length;
    if (literalAbove !== undefined && indent > literalAbove) {
      yield { text: line, start: lineStart, indent, literal: true, parents: stack.map((entry) => entry.key) };
      continue;
    }
    literalAbove = undefined;
    const dashes = /^(?:- +)*/.exec(trimmed)?.[0].length ?? 0;
    while (stack.length > 0 && (stack.at(-1)?.indent ?? 0) >= indent + dashes) stack.pop();
    yield { text: line, start: lineStart, indent, literal: false, parents: stack.map((entry) => entry.key) };
    if (trimmed.startsWith('#')) continue;
    const key = keyOfLine.exec(trimmed);
    if (key) stack.push({ indent: indent + dashes, key: key[1] ?? key[2] ?? key[3] ?? '' });
    if (blockHeader.test(trimmed)) literalAbove = indent;
  }
}
