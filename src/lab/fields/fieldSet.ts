/** Sets of field paths in the form of `managedFields[].fieldsV1`: who owns what. */
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';

/**
 * A node of the tree of paths. Keys are path elements as FieldsV1 writes them: `f:name`, `k:{"name":"c00"}`,
 * `v:"text"`. `self` means the path that ends here is in the set.
 */
export interface FieldSet {
  self: boolean;
  children: Map<string, FieldSet>;
}

export function emptySet(self = false): FieldSet {
  return { self, children: new Map() };
}

export function isEmptySet(set: FieldSet): boolean {
  return !set.self && [...set.children.values()].every(isEmptySet);
}

/** Reads FieldsV1; anything that is no object counts as empty. */
export function parseFieldSet(json: unknown): FieldSet {
  if (!isObject(json)) return emptySet();
  const names = Object.keys(json);
  const set = emptySet(names.length === 0 || '.' in json);
  for (const name of names) {
    if (name !== '.') set.children.set(name, parseFieldSet(json[name]));
  }
  return set;
}

/** The root of a parsed set: `{}` at the top means nothing, not everything. */
export function parseRoot(json: unknown): FieldSet {
  return { ...parseFieldSet(json), self: false };
}

/** Writes FieldsV1, leaving out branches without a path. */
export function fieldSetJson(set: FieldSet): JsonObject {
  const children = [...set.children]
    .filter(([, child]) => !isEmptySet(child))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, child]): [string, unknown] => [name, fieldSetJson(child)]);
  return Object.fromEntries(set.self && children.length > 0 ? [['.', {}], ...children] : children);
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const mine = children.get(name);
    children.set(name, mine ? union(mine, child) : child);
  }
  return { self: a.self || b.self, children };
}

/** The paths of `a` that are not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [name, child] of a.children) {
    const other = b.children.get(name);
    const rest = other ? difference(child, other) : child;
    if (!isEmptySet(rest)) children.set(name, rest);
  }
  return { self: a.self && !b.self, children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [name, child] of a.children) {
    const other = b.children.get(name);
    const common = other && intersection(child, other);
    if (common && !isEmptySet(common)) children.set(name, common);
  }
  return { self: a.self && b.self, children };
}

function elementText(element: string): string {
  if (element.startsWith('f:')) return `.${element.slice(2)}`;
  if (element.startsWith('k:')) {
    const keys = JSON.parse(element.slice(2)) as JsonObject;
    return `[${Object.entries(keys)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(',')}]`;
  }
  return `[=${element.slice(2)}]`;
}

/** Every path of the set as conflict messages show it: `.spec.ports[port=80,protocol="TCP"].nodePort`. */
export function pathTexts(set: FieldSet, prefix = ''): string[] {
  const own = set.self && prefix ? [prefix] : [];
  return [
    ...own,
    ...[...set.children].flatMap(([name, child]) => pathTexts(child, prefix + elementText(name))),
  ];
}
