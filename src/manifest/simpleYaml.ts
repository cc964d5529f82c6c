import { keyOf, resolvePlain } from './goScalar.ts';
import { readSimpleFlow } from './simpleFlow.ts';
import { MapNode, type Entry, type KeyNode, type ListNode, type Node, type ScalarNode } from './node.ts';

/*
 * Reads the YAML that nearly all manifests are written in: block maps and lists, scalars on one line, `|` texts, flow
 * collections on one line. About ten times as fast as a whole parser, which matters at every keystroke. Whatever is
 * not plainly of this kind, or wrong, is left to the whole parser: the answer is then undefined. What both can read they
 * read alike (test/unit/manifest/simpleYaml.test.ts).
 */

/** Larger documents are left to the parser that counts. */
const maximumLines = 200_000;

class NotSimple extends Error {}
const notSimple = new NotSimple();

/** A document's root; undefined where the text is not simple. */
export function readSimpleYaml(text: string): Node | undefined {
  if (hasOddCharacters(text)) return undefined;
  try {
    return new SimpleReader(text).read();
  } catch (error) {
    if (error === notSimple) return undefined;
    throw error;
  }
}

const keyPattern = /(?:([A-Za-z0-9_./$][\w./$-]*)|"([^"\\\n]*)"|'([^'\n]*)')( *):(?=[ \r\n]|$)/y;
const plainStart = /[A-Za-z0-9_./$~+(]|-(?=[^\s-])/y;
const literalHeader = /^\|([-+]?) *(?:#.*)?$/;

/** Tabs, control characters, lone carriage returns, byte order marks. */
function hasOddCharacters(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (
      unit < 32 ? unit !== 10 && (unit !== 13 || text.charCodeAt(at + 1) !== 10) : unit > 126 && isOdd(unit)
    )
      return true;
  }
  return false;
}

function isOdd(unit: number): boolean {
  return unit < 160 || unit === 0x2028 || unit === 0x2029 || unit === 0xfeff;
}

class SimpleReader {
  readonly #text: string;
  /** Where each line starts, and one more behind the last. */
  readonly #starts: number[] = [0];
  /** Blanks before each line's content; -1 for empty lines and comments. */
  readonly #indents: number[] = [];
  #line = 0;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    if (this.#starts.length > maximumLines) throw notSimple;
    for (let line = 0; line < this.#starts.length; line++) this.#indents.push(this.#indentOf(line));
    this.#starts.push(text.length);
  }

  read(): Node {
    this.#line = -1;
    this.#next();
    if (/^---(?: *| +#.*)$/.test(this.#lineText())) this.#next();
    if (this.#line >= this.#indents.length) throw notSimple;
    const column = this.#indents[this.#line] ?? 0;
    const root = this.#block(this.#start() + column, column, this.#start());
    if (root === undefined || this.#line < this.#indents.length) throw notSimple;
    return root;
  }

  #indentOf(line: number): number {
    let at = this.#starts[line] ?? 0;
    const start = at;
    while (this.#text.charCodeAt(at) === 32) at += 1;
    const unit = this.#text.charCodeAt(at);
    return Number.isNaN(unit) || unit === 10 || unit === 13 || unit === 35 ? -1 : at - start;
  }

  #start(): number {
    return this.#starts[this.#line] ?? this.#text.length;
  }

  /** The end of a line's content: before its line break. */
  #end(line = this.#line): number {
    let end = this.#starts[line + 1] ?? this.#text.length;
    if (this.#text.charCodeAt(end - 1) === 10) end -= 1;
    if (this.#text.charCodeAt(end - 1) === 13) end -= 1;
    return end;
  }

  #lineText(): string {
    return this.#text.slice(this.#start(), this.#end());
  }

  /** On to the next line with content. */
  #next(): void {
    do this.#line += 1;
    while (this.#indents[this.#line] === -1);
  }

  /** The indentation of the present line; -1 behind the last one. */
  #indent(): number {
    return this.#indents[this.#line] ?? -1;
  }

  #isDash(at: number): boolean {
    if (this.#text.charCodeAt(at) !== 45) return false;
    const unit = this.#text.charCodeAt(at + 1);
    return Number.isNaN(unit) || unit === 32 || unit === 10 || unit === 13;
  }

  #isKey(at: number): boolean {
    keyPattern.lastIndex = at;
    return keyPattern.test(this.#text);
  }

  /** A list or map that starts here; undefined where there is a scalar. */
  #block(at: number, column: number, missingAt: number): Node | undefined {
    if (this.#isDash(at)) return this.#list(at, column, missingAt);
    return this.#isKey(at) ? this.#map(at, column) : undefined;
  }

  #map(first: number, column: number): MapNode {
    const entries: Entry[] = [];
    const seen = new Set<string>();
    let at = first;
    for (;;) {
      const entry = this.#entry(at, column);
      if (seen.has(entry.key.value)) throw notSimple;
      seen.add(entry.key.value);
      entries.push(entry);
      const indent = this.#indent();
      if (indent < column) break;
      if (indent > column) throw notSimple;
      at = this.#start() + column;
    }
    return new MapNode({ start: first, end: entries.at(-1)?.end ?? first }, entries, false);
  }

  #entry(at: number, column: number): Entry {
    keyPattern.lastIndex = at;
    const match = keyPattern.exec(this.#text);
    if (!match) throw notSimple;
    const key = readKey(match, at);
    const value = this.#value(keyPattern.lastIndex, column, key.end + 1, true);
    return { start: key.start, end: Math.max(key.end, value.end), key, value, merged: false };
  }

  #list(first: number, column: number, missingAt: number): ListNode {
    const items: Node[] = [];
    let at = first;
    for (;;) {
      items.push(this.#item(at, column, missingAt));
      const indent = this.#indent();
      if (indent > column) throw notSimple;
      at = this.#start() + column;
      if (indent < column || !this.#isDash(at)) break;
    }
    return {
      type: 'list',
      start: first,
      end: Math.max(first, items.at(-1)?.end ?? first),
      items,
      flow: false,
    };
  }

  #item(dash: number, column: number, missingAt: number): Node {
    let at = dash + 1;
    while (this.#text.charCodeAt(at) === 32) at += 1;
    if (at < this.#end()) {
      const inline = this.#block(at, at - this.#start(), missingAt);
      if (inline) return inline;
    }
    return this.#value(dash + 1, column, missingAt, false);
  }

  /**
   * What stands behind a colon or dash, on this line or below.
   * @param column of the key or dash that it belongs to
   * @param missingAt where "nothing" is said to be
   */
  #value(from: number, column: number, missingAt: number, isOfKey: boolean): Node {
    let at = from;
    while (this.#text.charCodeAt(at) === 32) at += 1;
    const end = this.#end();
    if (at >= end || (this.#text.charCodeAt(at) === 35 && at > from)) {
      return this.#below(column, missingAt, isOfKey);
    }
    if (this.#text.charCodeAt(at) === 124) return this.#literal(at, column);
    const node = this.#inline(at, end);
    this.#next();
    // A deeper line would continue the scalar.
    if (this.#indent() > column) throw notSimple;
    return node;
  }

  #below(column: number, missingAt: number, isOfKey: boolean): Node {
    this.#next();
    const indent = this.#indent();
    const at = this.#start() + indent;
    if (indent > column || (isOfKey && indent === column && this.#isDash(at))) {
      const node = this.#block(at, indent, missingAt);
      if (node === undefined) throw notSimple;
      return node;
    }
    return { type: 'scalar', start: missingAt, end: missingAt, value: null, text: '', style: 'missing' };
  }

  /** A scalar or flow collection that ends on this line. */
  #inline(at: number, end: number): Node {
    const line = this.#text.slice(at, end);
    const flow = readSimpleFlow(line, at);
    if (flow === undefined) return this.#plain(line, at);
    if (!/^ *$|^ +#/.test(line.slice(flow.length))) throw notSimple;
    return flow.node;
  }

  #plain(line: string, at: number): ScalarNode {
    plainStart.lastIndex = at;
    if (!plainStart.test(this.#text)) throw notSimple;
    const comment = line.search(/ #/);
    const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    if (text.includes(': ') || text.endsWith(':')) throw notSimple;
    return {
      type: 'scalar',
      start: at,
      end: at + text.length,
      value: resolvePlain(text),
      text,
      style: 'plain',
    };
  }

  #literal(at: number, column: number): ScalarNode {
    const header = literalHeader.exec(this.#text.slice(at, this.#end()));
    if (!header) throw notSimple;
    const first = this.#line + 1;
    const depth = this.#blanks(first);
    if (depth <= column || first >= this.#indents.length || this.#isEmpty(first)) throw notSimple;
    const lines: string[] = [];
    let line = first;
    let filled = first;
    for (; line < this.#indents.length; line++) {
      const isEmpty = this.#isEmpty(line);
      if (!isEmpty && this.#blanks(line) < depth) break;
      // Blanks alone below a text are read in more ways than one.
      if (isEmpty && this.#blanks(line) > 0) throw notSimple;
      if (!isEmpty) filled = line;
      lines.push(this.#text.slice((this.#starts[line] ?? 0) + depth, this.#end(line)));
    }
    if (header[1] === '+' || (line < this.#indents.length && this.#blanks(line) > column)) throw notSimple;
    const body = lines.slice(0, filled - first + 1).join('\n');
    const end = this.#starts[filled + 1] ?? this.#text.length;
    // A text that ends without a line break.
    if (end === this.#end(filled)) throw notSimple;
    const text = header[1] === '-' ? body : `${body}\n`;
    this.#line = line - 1;
    this.#next();
    return { type: 'scalar', start: at, end, value: text, text, style: 'block' };
  }

  #blanks(line: number): number {
    const start = this.#starts[line] ?? this.#text.length;
    let at = start;
    while (this.#text.charCodeAt(at) === 32) at += 1;
    return at - start;
  }

  #isEmpty(line: number): boolean {
    return (this.#starts[line] ?? 0) + this.#blanks(line) >= this.#end(line);
  }
}

function readKey(match: RegExpExecArray, at: number): KeyNode {
  const [whole, plain, double, single] = match;
  const blanks = match[4]?.length ?? 0;
  const end = at + whole.length - 1 - blanks;
  if (plain === undefined) {
    const text = double ?? single ?? '';
    const style = double === undefined ? 'single' : 'double';
    return { type: 'key', start: at, end, value: text, text, style };
  }
  const value = resolvePlain(plain);
  const key = keyOf(value);
  if (key === undefined || (typeof value === 'boolean' && !/^(?:true|false)$/i.test(plain))) throw notSimple;
  return { type: 'key', start: at, end, value: key, text: plain, style: 'plain' };
}
