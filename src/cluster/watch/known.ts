import type { AnyObject, Kind } from '../../model/objects.ts';
import type { ObjectSink } from './reflector.ts';
import { isOlder, type Version } from './version.ts';

/** Deletions remembered against events that come late; more than any server holds back. */
const graveLimit = 4096;

/**
 * What one collection holds, by name and version: enough to find what a new list no longer has, and to ignore
 * events that say nothing new.
 */
export class Known {
  readonly #kind: Kind;
  readonly #sink: ObjectSink;
  readonly #versions = new Map<string, Version>();
  readonly #graves = new Map<string, Version>();
  #unseen = new Set<string>();
  /** The version of the last whole list: all that happened up to it is in it. */
  #listedAt: Version | undefined;

  constructor(kind: Kind, sink: ObjectSink) {
    this.#kind = kind;
    this.#sink = sink;
  }

  /** A list begins: what it does not name is gone at its end. */
  beginList(): void {
    this.#unseen = new Set(this.#versions.keys());
    this.#graves.clear();
  }

  /** A list is the truth, also where its version is older: the server may be another one. */
  listed(object: AnyObject, version: Version): void {
    const key = keyOf(object.namespace, object.name);
    this.#unseen.delete(key);
    if (this.#versions.get(key) === version && version !== '') return;
    this.#versions.set(key, version);
    this.#sink.put(object);
  }

  finishList(version: Version): void {
    for (const key of this.#unseen) this.#forget(key);
    this.#unseen.clear();
    this.#listedAt = version;
  }

  put(object: AnyObject, version: Version): void {
    const key = keyOf(object.namespace, object.name);
    if (isNoNews(version, this.#versions.get(key) ?? this.#graves.get(key) ?? this.#listedAt)) return;
    this.#graves.delete(key);
    this.#versions.set(key, version);
    this.#sink.put(object);
  }

  gone(object: AnyObject, version: Version): void {
    const key = keyOf(object.namespace, object.name);
    if (isOlder(version, this.#versions.get(key))) return;
    this.#forget(key);
    this.#graves.set(key, version);
    for (const oldest of this.#graves.keys()) {
      if (this.#graves.size <= graveLimit) break;
      this.#graves.delete(oldest);
    }
  }

  /**
   * Whether what is known may belong to the server whose list begins with this object; undefined: its list is empty.
   */
  agreesWith(first: { readonly object: AnyObject; readonly version: Version } | undefined): boolean {
    if (first === undefined) return this.#versions.size === 0;
    return this.#versions.get(keyOf(first.object.namespace, first.object.name)) === first.version;
  }

  /** Versions no longer say whether an object is the same: the next list replaces all of them. */
  distrust(): void {
    for (const key of this.#versions.keys()) this.#versions.set(key, '');
    this.#graves.clear();
    this.#listedAt = undefined;
  }

  clear(): void {
    for (const key of [...this.#versions.keys()]) this.#forget(key);
    this.#graves.clear();
    this.#unseen.clear();
  }

  #forget(key: string): void {
    if (!this.#versions.delete(key)) return;
    const slash = key.indexOf('/');
    this.#sink.remove(this.#kind, key.slice(0, slash), key.slice(slash + 1));
  }
}

/** Whether an event says only what was known when the last one came. */
function isNoNews(version: Version, last: Version | undefined): boolean {
  return isOlder(version, last) || (version === last && version !== '');
}

/** Neither names nor namespaces can hold a slash. */
function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
