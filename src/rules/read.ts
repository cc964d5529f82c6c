import { MapNode, type Entry, type Node } from '../manifest/node.ts';
import type { Span } from '../manifest/position.ts';

/*
 * Reading of nodes by the type the API wants. A value of another type reads as undefined: the rule
 * `wrong-type` says so, and no other rule builds on it. `${NAME}`, which a tool fills in later, likewise.
 */

const placeholder = /^\$\{[A-Za-z_][^{}]*\}$/;

/** Whether the value is a blank that another tool (envsubst, Flux) fills in. */
export function isPlaceholder(node: Node | undefined): boolean {
  return node?.type === 'scalar' && typeof node.value === 'string' && placeholder.test(node.value);
}

/** The text; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  return placeholder.test(node.value) ? undefined : node.value;
}

/** The text when it is not empty: to the server an empty text is mostly the same as none. */
export function filledText(node: Node | undefined): string | undefined {
  const text = textOf(node);
  return text === '' ? undefined : text;
}

export function integerOf(node: Node | undefined): number | undefined {
  if (node?.type !== 'scalar' || typeof node.value !== 'number') return undefined;
  return Number.isInteger(node.value) ? node.value : undefined;
}

export function booleanOf(node: Node | undefined): boolean | undefined {
  return node?.type === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function mapOf(node: Node | undefined): MapNode | undefined {
  return node instanceof MapNode ? node : undefined;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'list' ? node.items : [];
}

/** The items of a list that are maps. */
export function mapsOf(node: Node | undefined): readonly MapNode[] {
  return itemsOf(node).filter((item) => item instanceof MapNode);
}

export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node instanceof MapNode ? node.entries : [];
}

/** Present and not null: to the server `field:` and no field are the same. */
export function isSet(node: Node | undefined): node is Node {
  return node !== undefined && !(node.type === 'scalar' && node.value === null);
}

/** Present, not null, not the empty text, list or map. */
export function isFilled(node: Node | undefined): node is Node {
  if (!isSet(node)) return false;
  if (node.type === 'scalar') return node.value !== '';
  return node.type === 'list' ? node.items.length > 0 : node.entries.length > 0;
}

/** Labels or the like: text by key. */
export function textsOf(node: Node | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of entriesOf(node)) {
    const value = textOf(entry.value);
    if (value !== undefined) texts.set(entry.key.value, value);
  }
  return texts;
}

/** Where to point at for a field: its value, or its key when nothing is written behind it. */
export function placeOf(map: MapNode, key: string): Span {
  const entry = map.entry(key);
  if (entry === undefined) return firstOf(map);
  return entry.value.start === entry.value.end ? entry.key : entry.value;
}

/** The key of a field, or the start of the map when it is missing. */
export function keyPlace(map: MapNode, key: string): Span {
  return map.entry(key)?.key ?? firstOf(map);
}

/** The first key of a map: the smallest place that stands for "something is missing here". */
export function firstOf(map: MapNode): Span {
  return map.entries.find((entry) => !entry.merged)?.key ?? map;
}
