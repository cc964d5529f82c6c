import { resolvePlain } from '../goScalar.ts';
import type { Op } from './reading.ts';
import type { SourceLine, Token } from './token.ts';

/** Writes a reading as YAML with two blanks a level. Values stay as they were written, where YAML can take them so. */
export function render(ops: readonly Op[], lines: readonly SourceLine[]): string {
  const writer = new Writer(lines);
  for (const op of ops) writer.take(op);
  return writer.finish();
}

class Writer {
  readonly #source: readonly SourceLine[];
  readonly #lines: string[] = [];
  /** The line being written, its value, and the comment behind it. */
  #line: string | undefined;
  #value: string[] = [];
  #valueToken: Token | undefined;
  #comment: string | undefined;
  /** Comments on lines of their own that wait for the line below them. */
  readonly #waiting: string[] = [];
  /** The last was a list marker: the next key stands in its line. */
  #afterDash = false;
  #indent = 0;
  #contentIndent = 0;
  #content: string[] | undefined;
  #outsideRow = -1;
  #hasDocument = false;

  constructor(source: readonly SourceLine[]) {
    this.#source = source;
  }

  take(op: Op): void {
    const { token } = op;
    if (op.does !== 'content' && this.#content) this.#endContent();
    if (op.does !== 'outside' && op.does !== 'lost') this.#outsideRow = -1;
    switch (op.does) {
      case 'document':
        this.#flush();
        this.#indent = 0;
        this.#writeWaiting();
        if (this.#hasDocument) this.#lines.push('---');
        this.#hasDocument = true;
        this.#indent = 0;
        return;
      case 'key':
        if (!this.#afterDash) this.#start(op.indent);
        this.#line = `${this.#line ?? ''}${token.raw}:`;
        this.#afterDash = false;
        return;
      case 'item':
        if (!this.#afterDash || this.#comment !== undefined) this.#start(op.indent);
        this.#line = `${this.#line ?? ''}- `;
        this.#afterDash = true;
        return;
      case 'value':
        this.#takeValue(token, op.indent);
        return;
      case 'glue':
        this.#value.push(token.kind === 'key' ? `${token.raw}:` : token.raw);
        return;
      case 'comment':
        this.#takeComment(token);
        return;
      case 'remark':
        this.#comment = `${this.#comment ?? ''} ${written(token)}`;
        return;
      case 'header':
        this.#line = `${(this.#line ?? '').trimEnd()} ${token.raw}`;
        this.#contentIndent = op.indent;
        this.#content = [];
        this.#afterDash = false;
        return;
      case 'content':
        if (op.whole) this.#takeLine(token.row);
        else this.#content?.push(written(token));
        return;
      case 'outside':
      case 'lost':
        this.#leaveOut(op.does, token);
    }
  }

  finish(): string {
    if (this.#content) this.#endContent();
    this.#flush();
    this.#writeWaiting();
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  #start(indent: number): void {
    this.#flush();
    this.#indent = indent;
    this.#writeWaiting();
    this.#line = ' '.repeat(indent);
  }

  #flush(): void {
    if (this.#line !== undefined) {
      const value = this.#value.length > 0 ? ` ${this.#wholeValue()}` : '';
      const comment = this.#comment === undefined ? '' : ` # ${this.#comment.trim()}`;
      this.#lines.push(`${this.#line.trimEnd()}${value}${comment}`.trimEnd());
    } else if (this.#comment !== undefined) {
      this.#lines.push(`${' '.repeat(this.#indent)}# ${this.#comment.trim()}`.trimEnd());
    }
    this.#line = undefined;
    this.#value = [];
    this.#valueToken = undefined;
    this.#comment = undefined;
    this.#afterDash = false;
  }

  #takeValue(token: Token, indent: number): void {
    if (token.kind !== 'block') {
      this.#value.push(token.kind === 'key' ? `${token.raw}:` : token.raw);
      this.#valueToken = token;
      this.#afterDash = false;
      return;
    }
    this.#line = `${(this.#line ?? '').trimEnd()} ${token.raw}`;
    this.#contentIndent = indent;
    this.#content = [...(token.lines ?? [])];
    this.#afterDash = false;
  }

  /** A line of a block scalar; blank lines before it belong to it as well. */
  #takeLine(row: number): void {
    const text = (at: number): string => (this.#source[at]?.text ?? '').trimEnd();
    if ((this.#content?.length ?? 0) > 0) {
      let first = row;
      while (first > 0 && text(first - 1) === '') first -= 1;
      for (let at = first; at < row; at++) this.#content?.push('');
    }
    this.#content?.push(text(row));
  }

  #endContent(): void {
    const blanks = ' '.repeat(this.#contentIndent);
    const content = this.#content ?? [];
    this.#flush();
    for (const text of evened(content)) this.#lines.push(text === '' ? '' : blanks + text);
    this.#content = undefined;
  }

  #wholeValue(): string {
    const text = this.#value.join(' ');
    const only = this.#value.length === 1 ? this.#valueToken : undefined;
    if (only && only.kind !== 'plain' && only.kind !== 'key') return text;
    const [first = ''] = this.#value;
    // An anchor or a tag stands before the value.
    if (/^[&!]\S*$/.test(first) && this.#value.length > 1) return text;
    return isPlain(text) ? text : JSON.stringify(text);
  }

  #takeComment(token: Token): void {
    const text = token.raw.replace(/^#/, '');
    if (!token.first && this.#line !== undefined && this.#comment === undefined) {
      this.#comment = text;
      return;
    }
    this.#flush();
    // A comment of a line of its own stands before what follows it, and is indented like that.
    if (token.first && token.arrow !== true) this.#waiting.push(`#${token.raw}`.trimEnd());
    else this.#comment = text;
  }

  #writeWaiting(): void {
    for (const comment of this.#waiting.splice(0)) this.#lines.push(' '.repeat(this.#indent) + comment);
  }

  /** Text of a page, one comment a line; and what could not be placed, under its own heading. */
  #leaveOut(why: 'outside' | 'lost', token: Token): void {
    if (token.row === this.#outsideRow && this.#lines.length > 0 && this.#line === undefined) {
      this.#lines.push(`${this.#lines.pop() ?? ''} ${written(token)}`);
      return;
    }
    const indent = why === 'lost' ? this.#indent : 0;
    this.#flush();
    this.#writeWaiting();
    this.#outsideRow = token.row;
    const isComment = token.kind === 'comment' && token.arrow !== true;
    this.#lines.push(
      `${' '.repeat(indent)}#${isComment ? '' : ' '}${isComment ? token.raw : written(token)}`.trimEnd(),
    );
  }
}

/** Where the first line stands at the margin and others do not, what they have in common was the manifest's own. */
function evened(content: readonly string[]): readonly string[] {
  const indents = content.filter((text) => text !== '').map((text) => /^ */.exec(text)?.[0].length ?? 0);
  const common = Math.min(...indents.filter((indent) => indent > 0));
  if ((indents[0] ?? 0) > 0 || !Number.isFinite(common)) {
    return indents[0]
      ? content.map((text) => text.slice(Math.min(indents[0] ?? 0, /^ */.exec(text)?.[0].length ?? 0)))
      : content;
  }
  // Inner indentation is a line's own where only few lines have it.
  const deeper = indents.filter((indent) => indent > 0).length;
  return deeper * 2 < indents.length || common < 4
    ? content
    : content.map((text) => (text.startsWith(' ') ? text.slice(common) : text));
}

/** A token as its text stood in the source, near enough. */
export function written(token: Token): string {
  switch (token.kind) {
    case 'key':
      return `${token.raw}:`;
    case 'comment':
    case 'opening':
      return `${token.arrow === true ? '-->' : '#'}${token.arrow === true ? ' ' : ''}${token.raw}`.trim();
    case 'block':
      return [token.raw, ...(token.lines ?? [])].join(' ');
    case 'dash':
    case 'flow':
    case 'header':
    case 'plain':
    case 'quoted':
    case 'separator':
      return token.raw;
  }
}

/** Whether YAML reads the text as it stands, as one value. */
function isPlain(text: string): boolean {
  if (/^\*[\w-]+$/.test(text)) return true;
  if (/^[[{\]},#&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)/.test(text) && !/\s#/.test(text) && (text !== '' || resolvePlain(text) === null);
}
