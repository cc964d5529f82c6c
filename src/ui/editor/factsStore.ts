import type { ObjectFacts } from '../../manifest/facts.ts';
import { KnownObjects } from '../../rules/knownObjects.ts';

/** What is known of one file of the workspace. */
export interface FileFacts {
  readonly objects: readonly ObjectFacts[];
  /**
   * Why the file may hold, or become, more objects than these: it is a template, too large, broken. Undefined
   * when the objects are all there is.
   */
  readonly doubt?: string;
}

/**
 * The objects of the workspace's files, by the file's URI. Who says that the files hold no such thing must look
 * at {@link FactsStore.doubt} first.
 */
export class FactsStore {
  readonly #files = new Map<string, FileFacts>();
  /** Why files may be missing altogether; undefined once all were read. */
  #gap: string | undefined = 'the workspace is not read yet';
  #all: readonly ObjectFacts[] | undefined;
  #objectCount = 0;
  /** Counts changes, and whose the last one was, so that a file's own changes leave its {@link besides} as it is. */
  #changes = 0;
  #lastChanged = '';
  #changesOfOthers = 0;
  readonly #besides = new Map<string, { readonly changes: number; readonly known: KnownObjects }>();

  /** The files that say something. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  get objectCount(): number {
    return this.#objectCount;
  }

  /** Answers whether anything changed that a rule could see in another file; places in the text are not. */
  set(uri: string, facts: FileFacts): boolean {
    // A file without objects and doubts says nothing and needs no memory.
    if (facts.objects.length === 0 && facts.doubt === undefined) return this.delete(uri);
    const before = this.#files.get(uri);
    this.#objectCount += facts.objects.length - (before?.objects.length ?? 0);
    this.#files.set(uri, facts);
    this.#touch(uri);
    return before === undefined || !sameFacts(before, facts);
  }

  delete(uri: string): boolean {
    const before = this.#files.get(uri);
    if (before === undefined) return false;
    this.#objectCount -= before.objects.length;
    this.#files.delete(uri);
    this.#touch(uri);
    return true;
  }

  clear(): void {
    this.#files.clear();
    this.#besides.clear();
    this.#touch('');
    this.#objectCount = 0;
  }

  /** Says why files may be missing; undefined: none is. */
  setGap(gap: string | undefined): void {
    this.#gap = gap;
  }

  /** Why the files may hold, or become, more than is known; undefined when every file was read and none is in doubt. */
  get doubt(): string | undefined {
    if (this.#gap !== undefined) return this.#gap;
    for (const [uri, facts] of this.#files) {
      if (facts.doubt !== undefined) return `${uri}: ${facts.doubt}`;
    }
    return undefined;
  }

  /** Every object of every file. */
  get objects(): readonly ObjectFacts[] {
    this.#all ??= [...this.#files.values()].flatMap((facts) => facts.objects);
    return this.#all;
  }

  /** What is known besides one file, which the rules read themselves; the same as long as no other file changes. */
  besides(uri: string): KnownObjects {
    const changes = this.#lastChanged === uri ? this.#changesOfOthers : this.#changes;
    const before = this.#besides.get(uri);
    if (before?.changes === changes) return before.known;
    const files = [...this.#files].filter(([other]) => other !== uri);
    const known = new KnownObjects(files.flatMap(([, facts]) => facts.objects));
    this.#besides.set(uri, { changes, known });
    return known;
  }

  /** The file is no longer looked at: what was kept for it can go. */
  release(uri: string): void {
    this.#besides.delete(uri);
  }

  #touch(uri: string): void {
    this.#all = undefined;
    // Where another file changed last, the changes up to now are others' to this one.
    if (this.#lastChanged !== uri) this.#changesOfOthers = this.#changes;
    this.#lastChanged = uri;
    this.#changes += 1;
  }
}

function sameFacts(a: FileFacts, b: FileFacts): boolean {
  return (
    a.doubt === b.doubt &&
    a.objects.length === b.objects.length &&
    a.objects.every((facts, index) => isSame(facts, b.objects[index]))
  );
}

/** Objects whose text did not change share their parts, which spares the comparison. */
function isSame(a: ObjectFacts, b: ObjectFacts | undefined): boolean {
  if (b === undefined) return false;
  return a.labels === b.labels || withoutPlaces([a]) === withoutPlaces([b]);
}

function withoutPlaces(objects: readonly ObjectFacts[]): string {
  return JSON.stringify(objects, (key, value: unknown) => (key === 'place' ? undefined : value));
}
