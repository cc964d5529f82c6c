/** A place in a text: line and character from 0, characters counted in UTF-16 units as editors do. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range as offsets in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Translates between offsets and positions of one text. Understands `\n`, `\r\n` and a lone `\r`. */
export class LineIndex {
  readonly #starts: number[];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The offset of a line's first character; the text's length for lines behind the last. */
  startOfLine(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** A line's text without its line break; empty for a line that does not exist. */
  lineText(line: number): string {
    return this.#text.slice(this.startOfLine(line), this.startOfLine(line + 1)).replace(/[\r\n]+$/, '');
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - this.startOfLine(line) };
  }

  offsetAt(position: Position): number {
    return Math.min(this.startOfLine(position.line) + position.character, this.#text.length);
  }

  range(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}
