import type { Span } from './position.ts';

/** What a scalar means to the API server, which reads YAML 1.1 as Go's yaml.v2 does. */
export type ScalarValue = string | number | boolean | null;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'missing';

export interface ScalarNode extends Span {
  readonly type: 'scalar';
  readonly value: ScalarValue;
  /** The text as written, without quotes and escapes: `on` where the value is `true`. */
  readonly text: string;
  /** `missing`: nothing is written behind the colon or dash, which means null. */
  readonly style: ScalarStyle;
}

/** A key of a map. The server turns every scalar key into text: `on:` is the key `true`. */
export interface KeyNode extends Span {
  readonly type: 'key';
  readonly value: string;
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface Entry extends Span {
  readonly key: KeyNode;
  readonly value: Node;
  /** Comes from another map by `<<`. */
  readonly merged: boolean;
}

export interface ListNode extends Span {
  readonly type: 'list';
  readonly items: readonly Node[];
  /** Written as `[a, b]`. */
  readonly flow: boolean;
}

/** Above this many entries a map gets an index. */
const indexedFrom = 24;

export class MapNode implements Span {
  readonly type = 'map';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  /** Written as `{a: b}`. */
  readonly flow: boolean;
  #index: ReadonlyMap<string, Entry> | undefined;

  constructor(span: Span, entries: readonly Entry[], flow: boolean) {
    this.start = span.start;
    this.end = span.end;
    this.entries = entries;
    this.flow = flow;
  }

  /** The entry of a key; of equal keys the last, as the server takes it. */
  entry(key: string): Entry | undefined {
    if (this.entries.length < indexedFrom) {
      // The rules ask this more than anything else.
      for (let index = this.entries.length - 1; index >= 0; index--) {
        const entry = this.entries[index];
        if (entry?.key.value === key) return entry;
      }
      return undefined;
    }
    this.#index ??= new Map(this.entries.map((entry) => [entry.key.value, entry]));
    return this.#index.get(key);
  }

  get(key: string): Node | undefined {
    return this.entry(key)?.value;
  }

  has(key: string): boolean {
    return this.entry(key) !== undefined;
  }
}

/**
 * A value with its exact span in the file's text. An alias is its anchor's value with the alias's span; what
 * lies inside of it keeps the span where it is written. Spans are relative to the document's `start`.
 */
export type Node = ScalarNode | ListNode | MapNode;

export type Path = readonly (string | number)[];

/** The value at a path, such as `['spec', 'ports', 0, 'port']`. */
export function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  let node = root;
  for (const step of path) {
    if (node instanceof MapNode) node = node.get(String(step));
    else if (node?.type === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** The entry, key and value, at a path that ends with a key. */
export function entryAt(root: Node | undefined, path: Path): Entry | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const parent = nodeAt(root, path.slice(0, -1));
  return parent instanceof MapNode ? parent.entry(String(last)) : undefined;
}

/** The value as JSON would hold it. Keys such as `__proto__` are safe: entries are defined, not assigned. */
export function toJson(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(toJson);
  return Object.fromEntries(node.entries.map((entry) => [entry.key.value, toJson(entry.value)]));
}
