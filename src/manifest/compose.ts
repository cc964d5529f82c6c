import { isAlias, isMap, isPair, isScalar, isSeq, type Alias, type Scalar, type YAMLMap } from 'yaml';
import { t } from '../base/l10n.ts';
import { keyOf, resolvePlain, resolveTagged } from './goScalar.ts';
import { MapNode, type Entry, type KeyNode, type Node, type ScalarNode, type ScalarStyle } from './node.ts';
import type { Span } from './position.ts';
import type { Problem } from './problem.ts';

/** More nodes than this, counting what aliases stand for each time, and a document is refused. */
export const maximumNodes = 500_000;

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

interface Sized {
  readonly node: Node;
  /** Nodes below, aliases counted in full. */
  readonly size: number;
}

/** Turns one document of the `yaml` package, parsed with its failsafe schema, into located nodes. */
export class Composer {
  readonly problems: Problem[] = [];
  readonly #anchors = new Map<string, Sized>();
  #tooLarge = false;

  /** The document's root; undefined when it has none, or when its aliases stand for too much. */
  compose(contents: unknown, at: number): Node | undefined {
    const { node, size } = this.#node(contents, at);
    if (size <= maximumNodes) return node;
    this.problems.push({
      code: 'yaml-too-large',
      severity: 'error',
      span: { start: node.start, end: Math.min(node.end, node.start + 1) },
      message: t(
        'The aliases (*name) of this document stand for more than {0} values; the server refuses such a document. Write the values out, or use fewer aliases.',
        maximumNodes,
      ),
    });
    return undefined;
  }

  #node(value: unknown, at: number): Sized {
    let sized: Sized;
    if (isScalar(value)) sized = { node: scalar(value, at), size: 1 };
    else if (isMap(value)) sized = this.#map(value);
    else if (isSeq(value)) sized = this.#list(value.items, spanOf(value, at), value.flow === true, at);
    else if (isAlias(value)) return this.#alias(value, at);
    else return { node: missing(at), size: 1 };
    const anchor = (value as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, sized);
    return sized;
  }

  #list(values: readonly unknown[], span: Span, flow: boolean, at: number): Sized {
    const items: Node[] = [];
    let size = 1;
    for (const value of values) {
      const item = this.#node(value, at);
      size += item.size;
      if (!this.#grow(size)) break;
      items.push(item.node);
    }
    const end = items.at(-1)?.end ?? span.end;
    return {
      node: {
        type: 'list',
        start: span.start,
        end: flow ? span.end : Math.max(span.start, end),
        items,
        flow,
      },
      size,
    };
  }

  #map(map: YAMLMap): Sized {
    const entries: Entry[] = [];
    const seen = new Map<string, Entry>();
    const merges: Sized[] = [];
    const span = spanOf(map, 0);
    let size = 1;
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      const value = this.#node(pair.value, key.end + 1);
      size += value.size;
      if (!this.#grow(size)) break;
      if (key.text === '<<' && key.style === 'plain') {
        merges.push(value);
        continue;
      }
      const entry: Entry = {
        start: key.start,
        end: Math.max(key.end, value.node.end),
        key,
        value: value.node,
        merged: false,
      };
      const first = seen.get(key.value);
      if (first) this.#duplicate(first, entry);
      seen.set(key.value, entry);
      entries.push(entry);
    }
    const end = map.flow === true ? span.end : Math.max(span.start, entries.at(-1)?.end ?? span.end);
    for (const merge of merges) this.#merge(merge.node, seen, entries);
    return { node: new MapNode({ start: span.start, end }, entries, map.flow === true), size };
  }

  #merge(node: Node, seen: Map<string, Entry>, entries: Entry[]): void {
    const sources = node.type === 'list' ? node.items : [node];
    for (const source of sources) {
      if (!(source instanceof MapNode)) {
        this.problems.push({
          code: 'yaml-syntax',
          severity: 'error',
          span: source,
          message: t('A merge key (<<) takes a map, an alias of a map, or a list of them.'),
        });
        continue;
      }
      for (const entry of source.entries) {
        if (seen.has(entry.key.value)) continue;
        const merged = { ...entry, merged: true };
        seen.set(entry.key.value, merged);
        entries.push(merged);
      }
    }
  }

  #alias(alias: Alias, at: number): Sized {
    const span = spanOf(alias, at);
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.problems.push({
        code: 'yaml-syntax',
        severity: 'error',
        span,
        message: t(
          "No anchor &{0} stands before this alias. Quote the text if no alias is meant: '*{0}'.",
          alias.source,
        ),
      });
      return { node: missing(span.start), size: 1 };
    }
    const { node } = target;
    const { start, end } = span;
    return {
      node: node instanceof MapNode ? new MapNode(span, node.entries, node.flow) : { ...node, start, end },
      size: target.size,
    };
  }

  #key(value: unknown): KeyNode | undefined {
    const node = isAlias(value) ? this.#alias(value, 0).node : isScalar(value) ? scalar(value, 0) : undefined;
    const key = node?.type === 'scalar' ? keyOf(node.value) : undefined;
    if (node?.type !== 'scalar' || key === undefined) {
      const range = (value as { range?: readonly [number, number, number] | null } | null)?.range;
      const start = range?.[0] ?? 0;
      this.problems.push({
        code: 'yaml-syntax',
        severity: 'error',
        span: { start, end: range?.[1] ?? start },
        message: t('A key must be text: a list, a map or nothing cannot be one.'),
      });
      return undefined;
    }
    if (typeof node.value === 'boolean' && node.style === 'plain' && !/^(?:true|false)$/i.test(node.text)) {
      this.problems.push({
        code: 'yaml-boolean-key',
        severity: 'warning',
        span: node,
        message: t(
          'The key {0} becomes "{1}": the server reads YAML 1.1, where {0} is a boolean. Quote it.',
          node.text,
          key,
        ),
        fix: {
          title: t('Quote "{0}"', node.text),
          edits: [{ start: node.start, end: node.end, newText: `"${node.text}"` }],
        },
      });
    }
    return { type: 'key', start: node.start, end: node.end, value: key, text: node.text, style: node.style };
  }

  #duplicate(first: Entry, second: Entry): void {
    this.problems.push({
      code: 'duplicate-key',
      severity: 'error',
      span: second.key,
      message: t(
        'The key "{0}" is here twice; the server refuses that, and some clients take the last one only. Keep one.',
        second.key.value,
      ),
      related: {
        start: first.key.start,
        end: first.key.end,
        message: t('"{0}" is here first', first.key.value),
      },
    });
  }

  /** False from the moment on that the document has grown too large. */
  #grow(size: number): boolean {
    this.#tooLarge ||= size > maximumNodes;
    return !this.#tooLarge;
  }
}

function spanOf(node: { range?: readonly [number, number, number] | null }, at: number): Span {
  return { start: node.range?.[0] ?? at, end: node.range?.[1] ?? at };
}

function missing(at: number): ScalarNode {
  return { type: 'scalar', start: at, end: at, value: null, text: '', style: 'missing' };
}

function scalar(node: Scalar, at: number): ScalarNode {
  const text = typeof node.value === 'string' ? node.value : '';
  const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
  const { start, end } = spanOf(node, at);
  if (style === 'plain' && text === '' && node.tag === undefined && start === end)
    return missing(at === 0 ? start : at);
  const value = resolveTagged(node.tag, text) ?? (style === 'plain' ? resolvePlain(text) : text);
  return { type: 'scalar', start, end, value, text, style };
}
