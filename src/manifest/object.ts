import type { MapNode } from './node.ts';
import { entryAt, nodeAt, toJson, type Entry, type Node, type Path } from './node.ts';
import type { Range, Span } from './position.ts';

/** What an object needs to know of the file around it. */
export interface Surroundings {
  readonly file: string;
  /** Where the object's document starts in the file: spans of nodes are relative to it. */
  readonly documentStart: number;
  /** See {@link ManifestObject.memo}; it outlives the object as long as its document's text stays. */
  readonly memos: WeakMap<object, Map<symbol, unknown>>;
  rangeOf(span: Span): Range;
}

/** Names something to be remembered of an object, and says of which type it is. */
export class Memo<T> {
  readonly key: symbol;
  /** Only says the type. */
  declare readonly type: T;

  constructor(description: string) {
    this.key = Symbol(description);
  }
}

/** A Kubernetes object in a file: a document of its own, or an item of a `kind: List`. */
export class ManifestObject {
  readonly root: MapNode;
  /** As written, such as `apps/v1`; empty when missing. */
  readonly apiVersion: string;
  /** The part of apiVersion before the slash; empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Empty when missing. */
  readonly kind: string;
  readonly name: string;
  /** As written: undefined when the object does not say. */
  readonly namespace: string | undefined;
  /** The text could not be read as it was meant (syntax errors), so what is here may be incomplete. */
  readonly broken: boolean;
  /** Number of the document in the file, from 0. */
  readonly document: number;
  readonly #surroundings: Surroundings;

  constructor(root: MapNode, document: number, broken: boolean, surroundings: Surroundings) {
    this.root = root;
    this.document = document;
    this.broken = broken;
    this.#surroundings = surroundings;
    this.apiVersion = text(root.get('apiVersion')) ?? '';
    this.kind = text(root.get('kind')) ?? '';
    const slash = this.apiVersion.indexOf('/');
    this.group = slash === -1 ? '' : this.apiVersion.slice(0, slash);
    this.version = this.apiVersion.slice(slash + 1);
    const name = this.at(['metadata', 'name']) ?? this.at(['metadata', 'generateName']);
    this.name = text(name) ?? '';
    this.namespace = text(this.at(['metadata', 'namespace']));
  }

  get file(): string {
    return this.#surroundings.file;
  }

  get documentStart(): number {
    return this.#surroundings.documentStart;
  }

  /** The value at a path, such as `at(['spec', 'ports', 0, 'port'])`. */
  at(path: Path): Node | undefined {
    return nodeAt(this.root, path);
  }

  /** Key and value at a path that ends with a key. */
  entryAt(path: Path): Entry | undefined {
    return entryAt(this.root, path);
  }

  /** Where a node, key or entry of this object stands in the file. */
  rangeOf(span: Span): Range {
    return this.#surroundings.rangeOf(span);
  }

  /** What was remembered of the object; undefined when nothing was, or when its text changed since. */
  recall<T>(memo: Memo<T>): T | undefined {
    return this.#surroundings.memos.get(this.root)?.get(memo.key) as T | undefined;
  }

  /** Remembers something that follows from the object's text alone. */
  remember<T>(memo: Memo<T>, value: T): T {
    const { memos } = this.#surroundings;
    const known = memos.get(this.root) ?? new Map<symbol, unknown>();
    memos.set(this.root, known.set(memo.key, value));
    return value;
  }

  /** The object as JSON would hold it. */
  toJson(): unknown {
    return toJson(this.root);
  }
}

function text(node: Node | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
