import type { ObjectType, Schema, Type } from '../schema/schema.ts';
import { costs } from './fit.ts';
import { incompleteness, missesName } from './shape.ts';

/** The kind that a document is taken for. */
export interface Hypothesis {
  readonly apiVersion: string | undefined;
  readonly kind: string;
  readonly type: ObjectType;
}

/** Names that a map holds, newest first: shared between readings, never changed. */
interface Names {
  readonly name: string;
  readonly before: Names | undefined;
}

/** A map or list that is open while the tokens are read; immutable, shared between readings. */
export interface Frame {
  readonly parent: Frame | undefined;
  /** The field that holds it; empty for a document and for items of lists. */
  readonly role: string;
  readonly depth: number;
  /** Where what is in it is written: blanks before its keys or list markers. */
  readonly indent: number;
  /** Where that stood in the source; undefined while nothing is in it. */
  readonly column: number | undefined;
  readonly contents: Contents;
  readonly names: Names | undefined;
  readonly size: number;
  /** The names came in alphabetical order, as kubectl prints them. */
  readonly sorted: boolean;
  /** Equal for frames that go on alike: two readings whose frames are equal are merged. */
  readonly mark: string;
  /** The mark without the names, and the sum of the names' hashes: their order does not matter. */
  readonly base: string;
  readonly hash: number;
}

export type Contents =
  | { readonly holds: 'fields'; readonly type: ObjectType; readonly hypothesis?: Hypothesis }
  | { readonly holds: 'keys'; readonly of: Type | undefined }
  | { readonly holds: 'items'; readonly of: Type | undefined };

export interface Opening {
  readonly parent: Frame | undefined;
  readonly role: string;
  readonly indent: number;
  readonly column: number | undefined;
  readonly contents: Contents;
}

export function openFrame({ parent, role, indent, column, contents }: Opening): Frame {
  const of = contents.holds === 'fields' ? contents.type.name : contents.holds;
  const base = `${parent?.mark ?? ''}/${role}:${of}@${indent},${column ?? ''}`;
  const depth = (parent?.depth ?? 0) + 1;
  return {
    parent,
    role,
    depth,
    indent,
    column,
    contents,
    names: undefined,
    size: 0,
    sorted: true,
    mark: base,
    base,
    hash: 0,
  };
}

/** The frame with one more name, or item, in it. */
export function withName(frame: Frame, name: string, column: number | undefined): Frame {
  const hash = (frame.hash + hashOf(name)) % 0x1_0000_0000_0000;
  const sorted = frame.sorted && (frame.names === undefined || frame.names.name <= name);
  return {
    ...frame,
    sorted,
    names: { name, before: frame.names },
    size: frame.size + 1,
    column: column ?? frame.column,
    hash,
    mark:
      frame.contents.holds === 'items'
        ? frame.mark
        : `${frame.base}+${hash.toString(36)}${sorted ? '' : '~'}`,
  };
}

function hashOf(name: string): number {
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = (hash * 1_000_003 + name.charCodeAt(i)) % 0x1_0000_0000;
  return hash;
}

/** Whether a map has the name; of very large maps only the newest are looked at. */
export function hasName(frame: Frame, name: string): boolean {
  let names = frame.names;
  for (let i = 0; names !== undefined && i < 64; i++) {
    if (names.name === name) return true;
    names = names.before;
  }
  return false;
}

/** People write the largest parts last, whatever the order of the others. */
const usuallyLast = new Set(['containers', 'volumes', 'template', 'volumeClaimTemplates', 'spec']);

/** What it costs that a name breaks the alphabetical order in which the others came. */
export function disorder(frame: Frame, name: string): number {
  if (!frame.sorted || frame.size < 3 || usuallyLast.has(name) || (frame.names?.name ?? '') <= name) return 0;
  return Math.min(1, 0.4 * (frame.size - 2));
}

/** The name of the type of a List's items. */
const anyObject = '#object';

/** `kind: List`, which the API documents do not describe: its items are objects of any kind. */
export const listType: ObjectType = {
  name: 'List',
  isOpen: false,
  isCustom: false,
  fields: new Map(
    [
      { name: 'apiVersion', type: textType() },
      { name: 'kind', type: textType() },
      { name: 'metadata', type: { is: 'map', of: textType() } as const },
      { name: 'items', type: { is: 'list', of: { is: 'object', name: anyObject } } as const },
    ].map((field) => [field.name, { ...field, required: field.name === 'items' }]),
  ),
};

function textType(): Type {
  return { is: 'scalar', scalar: 'text', values: [], emptyRefused: false };
}

export function isAnyObject(type: Type | undefined): boolean {
  return type?.is === 'object' && type.name === anyObject;
}

/** The contents of a value of this type that is no scalar. */
export function contentsOf(type: Type | undefined, schema: Schema): Contents | undefined {
  if (type === undefined) return { holds: 'keys', of: undefined };
  switch (type.is) {
    case 'scalar':
      return type.scalar === 'anything' ? { holds: 'keys', of: undefined } : undefined;
    case 'map':
      return { holds: 'keys', of: type.of };
    case 'list':
      return { holds: 'items', of: type.of };
    case 'object': {
      // An object of its own, in a List: its kind decides.
      if (type.name === anyObject) return undefined;
      const object = schema.type(type.name);
      return object ? { holds: 'fields', type: object } : { holds: 'keys', of: undefined };
    }
  }
}

/** What it costs to go on outside of a frame: what is missing in it, and that nearer places are preferred. */
export function closing(frame: Frame): number {
  if (frame.contents.holds !== 'fields') return costs.pop;
  const has = (field: string): boolean => hasName(frame, field);
  const { type, hypothesis } = frame.contents;
  return (
    costs.pop +
    incompleteness(type, has, hypothesis !== undefined) +
    missesName(frame.role, isOfObject(frame), has)
  );
}

/** Whether metadata are those of an object, which has a name, and not of a template. */
function isOfObject({ parent }: Frame): boolean {
  if (parent?.parent?.role === 'volumeClaimTemplates') return true;
  return parent?.contents.holds === 'fields' && parent.contents.hypothesis !== undefined;
}

/** Templates seldom have a name of their own: beside labels it is one of them. */
export function needlessName(frame: Frame, field: string): number {
  if (frame.role !== 'metadata' || (field !== 'name' && field !== 'namespace') || isOfObject(frame)) return 0;
  return 2.2;
}

/** `spec.containers[1].image`: where a key of this frame stands. */
export function pathOf(frame: Frame, key: string): string {
  let path = key;
  for (let at: Frame | undefined = frame; at; at = at.parent) {
    const prefix = at.contents.holds === 'items' ? `${at.role}[${Math.max(0, at.size - 1)}]` : at.role;
    if (prefix !== '' && at.role !== '') path = path === '' ? prefix : `${prefix}.${path}`;
  }
  return path;
}
