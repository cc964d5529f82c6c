import { resolvePlain } from './goScalar.ts';
import { MapNode, type Entry, type ListNode, type Node, type ScalarNode } from './node.ts';

/*
 * Quoted texts and flow collections that begin and end on one line, for simpleYaml.ts.
 */

/** A node, and how many characters it takes. */
export interface SimpleFlow {
  readonly node: Node;
  readonly length: number;
}

const quoted = /"([^"\\]*)"|'((?:[^']|'')*)'/y;
const plainKey = /([A-Za-z_][\w./-]*):(?= )/y;
const quotedKey = /"([^"\\]*)":(?= )/y;
const plainItem = /[A-Za-z0-9_./$][\w./$+@%*=-]*(?:[ :][\w./$+@%*=-]+)*(?=[ ]*[,\]}])/y;

/**
 * Reads what begins with a quote or a bracket.
 * @param base the line's offset in the document
 * @returns undefined where it does not begin so, or is not simple
 */
export function readSimpleFlow(line: string, base: number): SimpleFlow | undefined {
  const reader = new FlowReader(line, base);
  const node = /^["'[{]/.test(line) ? reader.node() : undefined;
  return node && { node, length: reader.at };
}

class FlowReader {
  readonly #line: string;
  readonly #base: number;
  at = 0;

  constructor(line: string, base: number) {
    this.#line = line;
    this.#base = base;
  }

  node(): Node | undefined {
    const sign = this.#line[this.at];
    if (sign === '"' || sign === "'") return this.#quoted();
    if (sign === '[') return this.#list();
    return sign === '{' ? this.#map() : this.#plain();
  }

  #quoted(): ScalarNode | undefined {
    quoted.lastIndex = this.at;
    const match = quoted.exec(this.#line);
    if (!match) return undefined;
    const text = match[1] ?? (match[2] ?? '').replaceAll("''", "'");
    const start = this.#base + this.at;
    this.at += match[0].length;
    const style = match[1] === undefined ? 'single' : 'double';
    return { type: 'scalar', start, end: this.#base + this.at, value: text, text, style };
  }

  #plain(): ScalarNode | undefined {
    plainItem.lastIndex = this.at;
    const text = plainItem.exec(this.#line)?.[0];
    if (text === undefined || text.includes(': ')) return undefined;
    const start = this.#base + this.at;
    this.at += text.length;
    return {
      type: 'scalar',
      start,
      end: this.#base + this.at,
      value: resolvePlain(text),
      text,
      style: 'plain',
    };
  }

  #list(): ListNode | undefined {
    const start = this.#base + this.at;
    const items: Node[] = [];
    const ended = this.#each(']', () => {
      const item = this.node();
      if (item) items.push(item);
      return item !== undefined;
    });
    return ended ? { type: 'list', start, end: this.#base + this.at, items, flow: true } : undefined;
  }

  #map(): MapNode | undefined {
    const start = this.#base + this.at;
    const entries: Entry[] = [];
    const keys = new Set<string>();
    const ended = this.#each('}', () => {
      const entry = this.#entry();
      if (entry === undefined || keys.has(entry.key.value)) return false;
      keys.add(entry.key.value);
      entries.push(entry);
      return true;
    });
    return ended ? new MapNode({ start, end: this.#base + this.at }, entries, true) : undefined;
  }

  #entry(): Entry | undefined {
    const isQuoted = this.#line[this.at] === '"';
    const pattern = isQuoted ? quotedKey : plainKey;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#line);
    const text = match?.[1];
    if (!match || text === undefined) return undefined;
    // Words such as on and null are more than text as keys.
    if (!isQuoted && typeof resolvePlain(text) !== 'string') return undefined;
    const start = this.#base + this.at;
    const end = start + match[0].length - 1;
    this.at += match[0].length;
    this.#blanks();
    const value = this.node();
    if (value === undefined) return undefined;
    const style = isQuoted ? 'double' : 'plain';
    return {
      start,
      end: value.end,
      key: { type: 'key', start, end, value: text, text, style },
      value,
      merged: false,
    };
  }

  /** Reads items up to the closing bracket. False: this is not simple. */
  #each(close: string, read: () => boolean): boolean {
    this.at += 1;
    this.#blanks();
    if (this.#line[this.at] === close) {
      this.at += 1;
      return true;
    }
    for (;;) {
      if (!read()) return false;
      this.#blanks();
      const sign = this.#line[this.at];
      this.at += 1;
      if (sign === close) return true;
      if (sign !== ',') return false;
      this.#blanks();
    }
  }

  #blanks(): void {
    while (this.#line[this.at] === ' ') this.at += 1;
  }
}
