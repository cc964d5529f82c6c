/** Merge patch (RFC 7386), and Kubernetes' strategic merge patch, which knows the lists' merge keys. */
import { isObject, sameJson } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { structSchema } from '../schema/model.ts';
import type { FieldSchema, TypeRef } from '../schema/model.ts';
import { PatchError } from './jsonPatch.ts';

/** RFC 7386: null removes, objects merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    // Set as a field, it would change the object's prototype.
    if (name === '__proto__') continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((item) => !isObject(item) || item.$patch === undefined).map(withoutDirectives);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => !name.startsWith('$') && item !== null)
      .map(([name, item]): [string, unknown] => [name, withoutDirectives(item)]),
  );
}

function sortByOrder(
  items: unknown[],
  order: readonly unknown[],
  keyOf: (item: unknown) => unknown,
): unknown[] {
  const rank = (item: unknown): number => order.findIndex((entry) => sameJson(keyOf(entry), keyOf(item)));
  const placed = items.filter((item) => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  // What the order does not name (added by the server) keeps its place behind.
  return [...placed, ...items.filter((item) => rank(item) < 0)];
}

function mergeObjectList(current: unknown[], patch: unknown[], key: string, items: TypeRef): unknown[] {
  let result = [...current];
  if (patch.some((item) => isObject(item) && item.$patch === 'replace')) {
    return patch.filter((item) => !isObject(item) || item.$patch === undefined).map(withoutDirectives);
  }
  for (const item of patch) {
    if (!isObject(item) || item[key] === undefined) {
      throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    }
    const index = result.findIndex((old) => isObject(old) && sameJson(old[key], item[key]));
    if (item.$patch === 'delete')
      result = result.filter((old) => !isObject(old) || !sameJson(old[key], item[key]));
    else if (index < 0) result.push(withoutDirectives(item));
    else result[index] = mergeValue(result[index], item, items);
  }
  return result;
}

function mergeList(current: unknown, patch: unknown[], field: FieldSchema, patchObject: JsonObject): unknown {
  const items = field.type.form === 'list' ? field.type.items : field.type;
  if (!field.patchMerge) return patch;
  const old = Array.isArray(current) ? (current as unknown[]) : [];
  const key = field.patchKey;
  const order = patchObject[`$setElementOrder/${field.name}`];
  if (key === undefined) {
    const merged = [...old, ...patch.filter((item) => !old.some((entry) => sameJson(entry, item)))];
    return Array.isArray(order) ? sortByOrder(merged, order, (item) => item) : merged;
  }
  const merged = mergeObjectList(old, patch, key, items);
  return Array.isArray(order)
    ? sortByOrder(merged, order, (item) => (isObject(item) ? item[key] : undefined))
    : merged;
}

function applyListDirectives(
  result: JsonObject,
  patch: JsonObject,
  fields: ReadonlyMap<string, FieldSchema>,
): void {
  for (const [name, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) continue;
    if (name.startsWith('$deleteFromPrimitiveList/')) {
      const list = name.slice('$deleteFromPrimitiveList/'.length);
      const old = result[list];
      if (Array.isArray(old)) {
        result[list] = old.filter((item) => !value.some((gone) => sameJson(gone, item)));
      }
    } else if (name.startsWith('$setElementOrder/')) {
      const list = name.slice('$setElementOrder/'.length);
      const old = result[list];
      const field = fields.get(list);
      if (!Array.isArray(old) || !field || patch[list] !== undefined) continue;
      const key = field.patchKey;
      result[list] = sortByOrder(old, value, (item) =>
        key !== undefined && isObject(item) ? item[key] : item,
      );
    }
  }
}

function mergeStruct(current: unknown, patch: JsonObject, typeName: string): unknown {
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return undefined;
  const result: JsonObject = isObject(current) ? { ...current } : {};
  const { fields } = structSchema(typeName);
  if (Array.isArray(patch.$retainKeys)) {
    for (const name of Object.keys(result)) {
      if (!patch.$retainKeys.includes(name)) Reflect.deleteProperty(result, name);
    }
  }
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$') || name === '__proto__') continue;
    const field = fields.get(name);
    if (value === null) Reflect.deleteProperty(result, name);
    else if (field && Array.isArray(value)) result[name] = mergeList(result[name], value, field, patch);
    else {
      const merged = field ? mergeValue(result[name], value, field.type) : value;
      if (merged === undefined) Reflect.deleteProperty(result, name);
      else result[name] = merged;
    }
  }
  applyListDirectives(result, patch, fields);
  return result;
}

function mergeValue(current: unknown, patch: unknown, type: TypeRef): unknown {
  if (!isObject(patch)) return patch;
  if (type.form === 'struct') return mergeStruct(current, patch, type.name);
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return undefined;
  return mergePatch(current, withoutPatchKey(patch));
}

function withoutPatchKey(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => name !== '$patch'));
}

/** Applies a strategic merge patch to an object of a kind; throws PatchError. */
export function strategicMergePatch(current: JsonObject, patch: unknown, schema: string): unknown {
  if (!isObject(patch)) throw new PatchError('a strategic merge patch is an object');
  return mergeStruct(current, patch, schema);
}
