import { readChunk, type Chunk } from '../chunk.ts';
import { MapNode, type Node } from '../node.ts';
import { looksLikeObject, looksLikeObjectText } from '../recognize.ts';
import { kindsByName } from '../schema/kinds.ts';
import type { Schema, Type } from '../schema/schema.ts';
import { hasStrayEnds } from './characters.ts';

/**
 * What a document's text is: `sound`; `foreign` = not a Kubernetes object; `misshapen` = YAML, but with fields
 * where they cannot stand; `unreadable` = not even YAML.
 */
export interface Assessment {
  readonly state: 'sound' | 'foreign' | 'misshapen' | 'unreadable';
  /** Values that stand where they cannot, of what could be read. */
  readonly misplaced: number;
  readonly roots: readonly Node[];
}

/** Where, from the start of a text, a value goes on in a line that looks like an item of a list; else undefined. */
export function swallowedItem(node: Node, text: string): number | undefined {
  if (node.type === 'scalar') {
    if (node.style !== 'plain' || !node.text.includes(' - ')) return undefined;
    const at = text.slice(node.start, node.end).search(/\n[ \t]*- /);
    return at === -1 ? undefined : node.start + at + 1;
  }
  const values = node.type === 'list' ? node.items : node.entries.map(({ value }) => value);
  for (const value of values) {
    const at = swallowedItem(value, text);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Judges one document by its text. */
export function assess(text: string, schema: Schema): Assessment {
  const chunk = readChunk(text);
  const { roots } = chunk;
  if (isDamagedText(chunk)) {
    const isOurs = looksLikeObjectText(text) || mentionsObject(text);
    return { state: isOurs ? 'unreadable' : 'foreign', misplaced: Infinity, roots };
  }
  const objects = roots
    .flatMap(itemsOf)
    .filter((root): root is MapNode => root instanceof MapNode && looksLikeObject(root));
  if (objects.length === 0) {
    const isOurs =
      mentionsObject(text) && !roots.some((root) => root instanceof MapNode && root.entries.length > 1);
    return { state: isOurs ? 'unreadable' : 'foreign', misplaced: 0, roots };
  }
  const misplaced = objects.reduce((sum, object) => sum + misplacedIn(object, schema), 0);
  return { state: misplaced > 0 ? 'misshapen' : 'sound', misplaced, roots };
}

function isDamagedText(chunk: Chunk): boolean {
  return chunk.broken || chunk.problems.some((problem) => problem.severity === 'error');
}

/** `apiVersion:` and `kind:` somewhere in a text, also behind prompts, numbers and the like. */
function mentionsObject(text: string): boolean {
  const head = text.slice(0, 200_000);
  return /(?:^|[\s\u00a0>])apiVersion:[\s\u00a0]/.test(head) && /(?:^|[\s\u00a0>])kind:[\s\u00a0]/.test(head);
}

/** The objects of a list (`kind: List`), or the root itself. */
function itemsOf(root: Node): readonly Node[] {
  const items =
    root instanceof MapNode && textOf(root.get('kind')) === 'List' ? root.get('items') : undefined;
  return items?.type === 'list' ? items.items : [root];
}

/** How many values of an object stand where they cannot; none for kinds whose fields are not known. */
function misplacedIn(object: MapNode, schema: Schema): number {
  const kind = textOf(object.get('kind'));
  if (kind === undefined) return 0;
  const metadata = object.get('metadata');
  // What every kind has: where its metadata are empty and its name stands beside them, the indentation is lost.
  const isFlat = metadata?.type === 'scalar' && metadata.value === null && object.has('name') ? 1 : 0;
  return isFlat + misplacedByKind(object, kind, schema);
}

function misplacedByKind(object: MapNode, kind: string, schema: Schema): number {
  const apiVersion = textOf(object.get('apiVersion'));
  const known = apiVersion === undefined ? undefined : schema.ofKind(apiVersion, kind);
  if (known) return misplaced(object, { is: 'object', name: known.name }, schema);
  const served = kindsByName.get(kind.toLowerCase());
  // Another group has another kind of this name; its fields are not known here.
  if (served === undefined || apiVersion?.includes('.') === true) return 0;
  const type = served.apiVersions.map((version) => schema.ofKind(version, served.kind)).find(Boolean);
  return type ? misplaced(object, { is: 'object', name: type.name }, schema) : 0;
}

function misplaced(node: Node, type: Type, schema: Schema): number {
  if (node.type === 'scalar') {
    if (node.value === null) return 0;
    const isStray = node.style === 'plain' && hasStrayEnds(node.text);
    return isStray || (type.is !== 'scalar' && (type.is !== 'object' || schema.type(type.name) !== undefined))
      ? 1
      : 0;
  }
  if (node.type === 'list') {
    if (type.is === 'list')
      return node.items.reduce((sum, item) => sum + misplaced(item, type.of, schema), 0);
    return takesAnything(type, schema) ? 0 : 1;
  }
  if (type.is === 'map')
    return node.entries.reduce((sum, { value }) => sum + misplaced(value, type.of, schema), 0);
  if (type.is !== 'object') return takesAnything(type, schema) ? 0 : 1;
  const object = schema.type(type.name);
  if (object === undefined) return 0;
  let sum = 0;
  for (const { key, value } of node.entries) {
    const field = object.fields.get(key.value);
    sum += field === undefined ? 1 : misplaced(value, field.type, schema);
  }
  return sum;
}

function takesAnything(type: Type, schema: Schema): boolean {
  if (type.is === 'object') return schema.type(type.name) === undefined;
  return type.is === 'scalar' && type.scalar === 'anything';
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
