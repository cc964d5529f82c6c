import type { MapNode } from './node.ts';
import { type Node } from './node.ts';
import { kindsByName } from './schema/kinds.ts';

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/**
 * Whether a map is meant to be a Kubernetes object: it has apiVersion and kind, or comes near: one of them
 * is missing or misspelled, but the rest is unmistakable. Other YAML with a `kind` of its own is not ours.
 */
export function looksLikeObject(root: MapNode): boolean {
  const apiVersion = textOf(root.get('apiVersion'));
  const kind = textOf(root.get('kind'));
  if (apiVersion !== undefined && kind !== undefined) return true;
  const has = (key: string): boolean => root.has(key);
  const body = has('metadata') || has('spec') || has('data') || has('rules');
  if (kind !== undefined) return body && kindsByName.has(kind.toLowerCase());
  if (apiVersion !== undefined) return body && /^(?:v\d|[\w.-]+\/v\d)/.test(apiVersion);
  const near = root.entries.filter((entry) => /^(?:api_?version|kind)$/i.test(entry.key.value));
  return near.length >= 2 && body;
}

const joined =
  /^[^\r\n#"'{]*\b(?:kind:[ \t]+\S+[ \t]+(?:[^\r\n]*[ \t])?apiVersion:|apiVersion:[ \t]+\S+[ \t]+(?:[^\r\n]*[ \t])?kind:)[^\r\n]*/m;

/** The line that a whole manifest was joined into, as happens when it is copied from a web page. */
export function joinedLine(text: string): { start: number; end: number } | undefined {
  const match = joined.exec(text);
  if (match === null || !/\b(?:metadata|spec):/.test(match[0])) return undefined;
  return { start: match.index, end: match.index + match[0].trimEnd().length };
}

/** The same guess for a text that could not be read. */
export function looksLikeObjectText(text: string): boolean {
  if (joinedLine(text)) return true;
  return /^[ \t]*apiVersion[ \t]*:/m.test(text) && /^[ \t]*kind[ \t]*:/m.test(text);
}
