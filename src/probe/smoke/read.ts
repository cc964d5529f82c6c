import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { parseRef } from '../../model/refs.ts';
import { refWord } from '../refWord.ts';
import { parseSelector } from '../matrix/selector.ts';
import { serviceBys } from '../serviceBy.ts';
import {
  expectations,
  type PodSelection,
  type SmokeCheck,
  type SmokeEnd,
  type SmokeProblem,
  type SmokeRange,
  type SmokeReading,
} from './schema.ts';

const mostChecks = 10_000;
const fileKeys = ['checks'];
const checkKeys = ['name', 'from', 'to', 'expect', 'status', 'by', 'timeout'];
const podKeys = ['namespace', 'selector', 'container', 'port'];

/** Reads a `podnet.yaml`. Every problem stands at its place; a file with a problem is not used at all. */
export function readSmoke(text: string): SmokeReading {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #problems: SmokeProblem[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): SmokeReading {
    // Aliases could make a small file a huge one.
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false });
    for (const { message, pos } of document.errors) this.#add(message, this.#range(pos[0], pos[1]));
    const checks = this.#problems.length > 0 ? [] : this.#file(document.contents);
    if (this.#problems.length > 0) return { is: 'wrong', problems: this.#problems };
    return { is: 'read', file: { checks } };
  }

  #file(root: Node | null): readonly SmokeCheck[] {
    if (!isMap(root)) {
      this.#at(root, t('The file needs a list "checks".'));
      return [];
    }
    this.#knownKeys(root, fileKeys);
    const list = child(root, 'checks');
    if (!isSeq(list) || list.items.length === 0) {
      this.#at(list ?? root, t('"checks" must be a list with at least one check.'));
      return [];
    }
    if (list.items.length > mostChecks) {
      this.#at(list, t('"checks" holds more than {0} checks.', mostChecks));
      return [];
    }
    return list.items.flatMap((item, index) => this.#check(item as Node | null, index) ?? []);
  }

  #check(node: Node | null, index: number): SmokeCheck | undefined {
    if (!isMap(node)) {
      this.#at(node, t('A check is a map with "from", "to" and "expect".'));
      return undefined;
    }
    this.#knownKeys(node, checkKeys);
    const from = this.#end(node, 'from', child(node, 'from'));
    const to = this.#ends(node);
    const expect = this.#oneOf(node, 'expect', expectations, 'reachable');
    const by = this.#oneOf(node, 'by', serviceBys, 'ip');
    const status = this.#number(node, 'status', 100, 599);
    const timeoutSeconds = this.#number(node, 'timeout', 1, 600);
    if (status !== undefined && expect !== 'reachable') {
      this.#at(child(node, 'status'), t('"status" goes with "expect: reachable" only.'));
    }
    if (from?.is === 'ref' && !/^pods?\/|^po\//.test(from.ref)) {
      this.#add(
        t('A check starts in a pod: write pod/NAMESPACE/NAME[:CONTAINER], or namespace and selector.'),
        from.range,
      );
    }
    const name = this.#string(node, 'name') ?? `check ${index + 1}`;
    if (from === undefined || to === undefined || expect === undefined || by === undefined) return undefined;
    return {
      ...{ name, from, to, expect, by, range: this.#rangeOf(node) },
      ...(status !== undefined && { status }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    };
  }

  #ends(node: YAMLMap): readonly SmokeEnd[] | undefined {
    const to = child(node, 'to');
    if (!isSeq(to)) {
      const end = this.#end(node, 'to', to);
      return end === undefined ? undefined : [end];
    }
    if (to.items.length === 0) this.#at(to, t('"to" is an empty list.'));
    const ends = to.items.map((item) => this.#end(node, 'to', item as Node | null));
    return ends.every((end) => end !== undefined) ? ends : undefined;
  }

  #end(parent: YAMLMap, key: 'from' | 'to', node: Node | null | undefined): SmokeEnd | undefined {
    if (node === undefined || node === null) {
      this.#at(parent, t('The check needs "{0}".', key));
      return undefined;
    }
    const range = this.#rangeOf(node);
    if (isMap(node)) {
      const pods = this.#pods(node);
      return pods === undefined ? undefined : { is: 'pods', pods, range };
    }
    if (!isScalar(node) || typeof node.value !== 'string') {
      this.#at(
        node,
        t('"{0}" is a reference such as pod/NAMESPACE/NAME, or a map with "namespace" and "selector".', key),
      );
      return undefined;
    }
    try {
      const word = refWord(node.value);
      parseRef(word);
      return { is: 'ref', ref: word, range };
    } catch (error) {
      const remedy = error instanceof ExplainedError && error.remedy !== undefined ? ` ${error.remedy}` : '';
      this.#at(node, `${messageOf(error)}.${remedy}`);
      return undefined;
    }
  }

  #pods(node: YAMLMap): PodSelection | undefined {
    this.#knownKeys(node, podKeys);
    const namespace = this.#string(node, 'namespace');
    const selector = this.#string(node, 'selector');
    const container = this.#string(node, 'container');
    const port = this.#number(node, 'port', 1, 65_535);
    if (namespace === undefined || selector === undefined) {
      this.#at(node, t('Pods are chosen by "namespace" and "selector" ("" for all).'));
      return undefined;
    }
    try {
      parseSelector(selector);
    } catch (error) {
      this.#at(child(node, 'selector'), messageOf(error));
      return undefined;
    }
    return {
      ...{ namespace, selector },
      ...(container !== undefined && { container }),
      ...(port !== undefined && { port }),
    };
  }

  #string(node: YAMLMap, key: string): string | undefined {
    const value = child(node, key);
    if (value === undefined) return undefined;
    if (isScalar(value) && typeof value.value === 'string') return value.value;
    this.#at(value, t('"{0}" must be a text.', key));
    return undefined;
  }

  #number(node: YAMLMap, key: string, least: number, most: number): number | undefined {
    const value = child(node, key);
    if (value === undefined) return undefined;
    const number: unknown = isScalar(value) ? value.value : undefined;
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
      return number;
    this.#at(value, t('"{0}" must be a whole number from {1} to {2}.', key, least, most));
    return undefined;
  }

  #oneOf<T extends string>(node: YAMLMap, key: string, words: readonly T[], otherwise: T): T | undefined {
    const value = child(node, key);
    if (value === undefined) return otherwise;
    const found = isScalar(value) ? words.find((word) => word === value.value) : undefined;
    if (found === undefined) this.#at(value, t('"{0}" must be one of: {1}.', key, words.join(', ')));
    return found;
  }

  #knownKeys(node: YAMLMap, known: readonly string[]): void {
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!known.includes(name)) {
        this.#at(
          isScalar(key) ? key : node,
          t('"{0}" is not known here. There are: {1}.', name, known.join(', ')),
        );
      }
    }
  }

  #at(node: Node | null | undefined, message: string): void {
    this.#add(message, this.#rangeOf(node));
  }

  #add(message: string, range: SmokeRange): void {
    this.#problems.push({ message, range });
  }

  #rangeOf(node: Node | null | undefined): SmokeRange {
    return this.#range(node?.range?.[0] ?? 0, node?.range?.[1] ?? 0);
  }

  #range(start: number, end: number): SmokeRange {
    return { start: this.#position(start), end: this.#position(end) };
  }

  #position(offset: number): SmokeRange['start'] {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
  }
}

function child(node: YAMLMap, key: string): Node | null | undefined {
  const value = node.get(key, true) as Node | null | undefined;
  return isScalar(value) && value.value === null ? undefined : value;
}
