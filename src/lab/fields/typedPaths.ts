/** Walks values along their schema to say which paths they have and which differ. */
import { isObject, sameJson } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { structSchema } from '../schema/model.ts';
import type { FieldSchema, ListKind, StructSchema, TypeRef } from '../schema/model.ts';
import { emptySet } from './fieldSet.ts';
import type { FieldSet } from './fieldSet.ts';

/** A type together with how its list or map merges at this place. */
export interface Slot {
  type: TypeRef;
  list: ListKind;
  atomic: boolean;
}

/** One part of a value that has a path element of its own. */
export interface Part {
  element: string;
  value: unknown;
  slot: Slot;
}

const atomicList: ListKind = { kind: 'atomic' };

export function slotOf(type: TypeRef): Slot {
  return { type, list: atomicList, atomic: false };
}

export function structSlot(name: string): Slot {
  return slotOf({ form: 'struct', name });
}

function fieldSlot(field: FieldSchema): Slot {
  return { type: field.type, list: field.list, atomic: field.atomic };
}

/** The `k:{…}` element of an item of an associative list; keys that are left out take their default. */
export function keyElement(item: unknown, keys: readonly string[], itemType: TypeRef): string {
  const fields = itemType.form === 'struct' ? structSchema(itemType.name).fields : undefined;
  const object = isObject(item) ? item : {};
  const entries = [...keys]
    .sort()
    .map((key): [string, unknown] => [key, object[key] ?? fields?.get(key)?.default])
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(entries))}`;
}

function structParts(value: JsonObject, schema: StructSchema): Part[] {
  return Object.entries(value).flatMap(([name, item]) => {
    const field = schema.fields.get(name);
    return field && item !== undefined && item !== null
      ? [{ element: `f:${name}`, value: item, slot: fieldSlot(field) }]
      : [];
  });
}

/** The parts of a value, or undefined where the value is one leaf (scalars, atomic lists, maps and structs). */
export function partsOf(value: unknown, slot: Slot): Part[] | undefined {
  const { type } = slot;
  if (type.form === 'scalar' || slot.atomic) return undefined;
  if (type.form === 'list') {
    if (slot.list.kind === 'atomic' || !Array.isArray(value)) return undefined;
    const { list } = slot;
    const itemSlot = slotOf(type.items);
    return value.map((item: unknown) => ({
      element: list.kind === 'map' ? keyElement(item, list.keys, type.items) : `v:${JSON.stringify(item)}`,
      value: item,
      slot: itemSlot,
    }));
  }
  if (!isObject(value)) return undefined;
  if (type.form === 'map') {
    const itemSlot = slotOf(type.values);
    return Object.entries(value).map(([key, item]) => ({ element: `f:${key}`, value: item, slot: itemSlot }));
  }
  const schema = structSchema(type.name);
  return schema.atomic ? undefined : structParts(value, schema);
}

/** The paths an applied configuration claims: its leaves, and the items of associative lists. */
export function claimedPaths(value: unknown, slot: Slot): FieldSet {
  const parts = partsOf(value, slot);
  if (!parts || parts.length === 0) return emptySet(true);
  const set = emptySet();
  for (const part of parts) {
    const child = claimedPaths(part.value, part.slot);
    if (part.element.startsWith('k:')) child.self = true;
    set.children.set(part.element, child);
  }
  return set;
}

/** Every path of a value, containers included. */
export function allPaths(value: unknown, slot: Slot): FieldSet {
  const set = emptySet(true);
  for (const part of partsOf(value, slot) ?? [])
    set.children.set(part.element, allPaths(part.value, part.slot));
  return set;
}

export interface Difference {
  /** Paths that are new or have another value. */
  changed: FieldSet;
  removed: FieldSet;
}

/** What differs between two values of one type. */
export function compare(before: unknown, after: unknown, slot: Slot): Difference {
  if (before === undefined) return { changed: allPaths(after, slot), removed: emptySet() };
  const oldParts = partsOf(before, slot);
  const newParts = partsOf(after, slot);
  if (!oldParts || !newParts) {
    return { changed: emptySet(!sameJson(before, after)), removed: emptySet() };
  }
  const result: Difference = { changed: emptySet(), removed: emptySet() };
  const remaining = new Map(oldParts.map((part) => [part.element, part]));
  for (const part of newParts) {
    const inner = compare(remaining.get(part.element)?.value, part.value, part.slot);
    remaining.delete(part.element);
    result.changed.children.set(part.element, inner.changed);
    result.removed.children.set(part.element, inner.removed);
  }
  for (const part of remaining.values()) {
    result.removed.children.set(part.element, allPaths(part.value, part.slot));
  }
  return result;
}

/** What a new object is compared with: structs and required lists are there, empty, as in Go's zero value. */
export function zeroValue(schemaName: string): JsonObject {
  const value: JsonObject = {};
  for (const field of structSchema(schemaName).fields.values()) {
    if (field.type.form === 'struct' && field.default !== undefined) {
      value[field.name] = zeroValue(field.type.name);
    } else if (field.type.form === 'list' && field.required) value[field.name] = [];
  }
  return value;
}
