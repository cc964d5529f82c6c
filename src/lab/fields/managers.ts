/** Keeps `metadata.managedFields`: which manager set which fields, by update or by server-side apply. */
import type { JsonObject } from '../objects/json.ts';
import { timestamp } from '../objects/meta.ts';
import type { ApiObject, ManagedFieldsEntry } from '../objects/meta.ts';
import { difference, emptySet, fieldSetJson, isEmptySet, parseRoot, union } from './fieldSet.ts';
import type { FieldSet } from './fieldSet.ts';
import { compare, structSlot, zeroValue } from './typedPaths.ts';

/** Who writes, and through which door. */
export interface Writer {
  manager: string;
  apiVersion: string;
  subresource?: string | undefined;
}

/** As the API server: older updaters beyond this number are summed up. */
const maximumUpdaters = 10;
const notOwned = [
  'name',
  'namespace',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'uid',
  'generation',
  'resourceVersion',
  'managedFields',
  'selfLink',
];

/** Nobody owns what the server sets: kind, version, and most of the metadata. */
export function withoutServerFields(set: FieldSet): FieldSet {
  const children = new Map(set.children);
  children.delete('f:apiVersion');
  children.delete('f:kind');
  const metadata = children.get('f:metadata');
  if (metadata) {
    const kept = new Map(metadata.children);
    for (const name of notOwned) kept.delete(`f:${name}`);
    children.set('f:metadata', { self: false, children: kept });
  }
  return { self: false, children };
}

export function isWriter(
  entry: ManagedFieldsEntry,
  writer: Writer,
  operation: ManagedFieldsEntry['operation'],
): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === operation &&
    entry.subresource === writer.subresource &&
    (operation === 'Update' || entry.apiVersion === writer.apiVersion)
  );
}

export function makeEntry(
  writer: Writer,
  operation: ManagedFieldsEntry['operation'],
  fields: JsonObject,
): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation,
    apiVersion: writer.apiVersion,
    time: timestamp(),
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
}

function boundUpdaters(entries: ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const updaters = entries.filter((entry) => entry.operation === 'Update' && !entry.subresource);
  if (updaters.length <= maximumUpdaters) return entries;
  const old = updaters.slice(0, updaters.length - maximumUpdaters + 1);
  const merged = old.reduce((set, entry) => union(set, parseRoot(entry.fieldsV1)), emptySet());
  const [oldest] = old;
  if (!oldest) return entries;
  const summary: ManagedFieldsEntry = {
    ...oldest,
    manager: 'ancient-changes',
    fieldsV1: fieldSetJson(merged),
  };
  return [summary, ...entries.filter((entry) => !old.includes(entry))];
}

/** The entries after an update: the writer owns what it changed, everybody loses what is gone or was overwritten. */
export function managedFieldsAfterUpdate(
  before: ApiObject | undefined,
  after: JsonObject,
  schema: string,
  writer: Writer,
): ManagedFieldsEntry[] {
  const slot = structSlot(schema);
  const { changed, removed } = compare(before ?? zeroValue(schema), after, slot);
  const mine = withoutServerFields(changed);
  const gone = union(mine, removed);
  const entries: ManagedFieldsEntry[] = [];
  let found = false;
  for (const entry of before?.metadata.managedFields ?? []) {
    const owned = parseRoot(entry.fieldsV1);
    const isMine = isWriter(entry, writer, 'Update');
    found ||= isMine;
    const rest = isMine ? union(difference(owned, removed), mine) : difference(owned, gone);
    if (isEmptySet(rest)) continue;
    const fields = fieldSetJson(rest);
    const unchanged = JSON.stringify(fields) === JSON.stringify(fieldSetJson(owned));
    entries.push(
      unchanged ? entry : { ...entry, fieldsV1: fields, ...(isMine ? { time: timestamp() } : {}) },
    );
  }
  if (!found && !isEmptySet(mine)) entries.push(makeEntry(writer, 'Update', fieldSetJson(mine)));
  return boundUpdaters(entries);
}
