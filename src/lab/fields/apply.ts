/** Server-side apply: merges a configuration into the live object and finds who else owns what it changes. */
import { StatusError } from '../api/errors.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject, ManagedFieldsEntry } from '../objects/meta.ts';
import {
  difference,
  emptySet,
  fieldSetJson,
  intersection,
  isEmptySet,
  parseRoot,
  pathTexts,
  union,
} from './fieldSet.ts';
import type { FieldSet } from './fieldSet.ts';
import { isWriter, makeEntry, withoutServerFields } from './managers.ts';
import type { Writer } from './managers.ts';
import { claimedPaths, compare, partsOf, structSlot } from './typedPaths.ts';
import type { Part, Slot } from './typedPaths.ts';

export interface ApplyResult {
  /** The merged object, before defaults. */
  object: JsonObject;
  managedFields: ManagedFieldsEntry[];
}

interface Conflict {
  owner: ManagedFieldsEntry;
  path: string;
}

/** Name of a field or key of a map, from its path element. */
function nameOf(element: string): string {
  return element.slice(2);
}

function rebuild(parts: readonly Part[], slot: Slot): unknown {
  if (slot.type.form === 'list') return parts.map((part) => part.value);
  return Object.fromEntries(parts.map((part) => [nameOf(part.element), part.value]));
}

/** Merges an applied value into the live one: structs and maps by name, associative lists by key, the rest whole. */
export function mergeTyped(live: unknown, applied: unknown, slot: Slot): unknown {
  const appliedParts = partsOf(applied, slot);
  const liveParts = partsOf(live, slot);
  if (!appliedParts || !liveParts) return applied;
  const merged = new Map(liveParts.map((part) => [part.element, part]));
  for (const part of appliedParts) {
    const current = merged.get(part.element);
    merged.set(
      part.element,
      current ? { ...part, value: mergeTyped(current.value, part.value, part.slot) } : part,
    );
  }
  return rebuild([...merged.values()], slot);
}

/** Takes the paths of a set out of a value; containers that only held such paths go with them. */
export function removePaths(value: unknown, slot: Slot, paths: FieldSet): unknown {
  const parts = partsOf(value, slot);
  if (!parts) return value;
  const kept: Part[] = [];
  for (const part of parts) {
    const remove = paths.children.get(part.element);
    if (!remove) {
      kept.push(part);
      continue;
    }
    // An item or field that is in the set itself goes whole, with what defaults have put into it.
    if (remove.self) continue;
    const rest = removePaths(part.value, part.slot, remove);
    if (partsOf(part.value, part.slot)?.length !== 0 && partsOf(rest, part.slot)?.length === 0) continue;
    kept.push({ ...part, value: rest });
  }
  return rebuild(kept, slot);
}

function ownerText(owner: ManagedFieldsEntry): string {
  const subresource = owner.subresource ? ` with subresource "${owner.subresource}"` : '';
  return `${JSON.stringify(owner.manager)}${subresource}${owner.operation === 'Update' ? ` using ${owner.apiVersion}` : ''}`;
}

/** 409 with one cause a field, in the words of the recorded answer. */
function conflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${ownerText(owner)}`,
    field: path,
  }));
  const [first] = conflicts;
  let message = `Apply failed with ${conflicts.length} conflicts: `;
  if (first && conflicts.length === 1) {
    message = `Apply failed with 1 conflict: conflict with ${ownerText(first.owner)}: ${first.path}`;
  } else {
    const owners = [...new Set(conflicts.map(({ owner }) => ownerText(owner)))].sort();
    message += owners
      .map((text) =>
        [
          `conflicts with ${text}:`,
          ...conflicts.filter(({ owner }) => ownerText(owner) === text).map(({ path }) => `- ${path}`),
        ].join('\n'),
      )
      .join('\n');
  }
  return new StatusError(409, 'Conflict', message, { causes });
}

/**
 * Applies a decoded configuration. Throws a 409 StatusError where it would change fields of other managers and
 * `force` is false; with force those managers lose the fields.
 */
export function applyConfiguration(
  live: ApiObject | undefined,
  applied: JsonObject,
  schema: string,
  writer: Writer,
  force: boolean,
): ApplyResult {
  const slot = structSlot(schema);
  const claimed = withoutServerFields(claimedPaths(applied, slot));
  const entries = live?.metadata.managedFields ?? [];
  const others = entries.filter((entry) => !isWriter(entry, writer, 'Apply'));
  const previous = entries.find((entry) => isWriter(entry, writer, 'Apply'));

  let object = live ? (mergeTyped(live, applied, slot) as JsonObject) : applied;
  if (previous) {
    const othersOwn = others.reduce((set, entry) => union(set, parseRoot(entry.fieldsV1)), emptySet());
    const dropped = difference(difference(parseRoot(previous.fieldsV1), claimed), othersOwn);
    if (!isEmptySet(dropped)) object = removePaths(object, slot, dropped) as JsonObject;
  }

  const { changed, removed } = compare(live ?? {}, object, slot);
  const contested = intersection(claimed, withoutServerFields(changed));
  const conflicts = others.flatMap((owner) =>
    pathTexts(intersection(parseRoot(owner.fieldsV1), contested)).map((path) => ({ owner, path })),
  );
  if (conflicts.length > 0 && !force) throw conflictError(conflicts);

  const kept = others.flatMap((entry) => {
    const rest = difference(difference(parseRoot(entry.fieldsV1), contested), removed);
    return isEmptySet(rest) ? [] : [{ ...entry, fieldsV1: fieldSetJson(rest) }];
  });
  const fields = fieldSetJson(claimed);
  const mine =
    previous && JSON.stringify(previous.fieldsV1) === JSON.stringify(fields)
      ? previous
      : makeEntry(writer, 'Apply', fields);
  return { object, managedFields: isEmptySet(claimed) ? kept : [mine, ...kept] };
}
