/** Which fields of an object a write may change. */
import { isObject, omit, sameJson } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import { hasSubresource } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { decode } from '../schema/decode.ts';

/** Through which subresource an object is written. */
export type WrittenSubresource = 'status' | 'ephemeralcontainers' | 'scale' | 'binding';

/** Fields the client cannot change, and those outside the subresource that it writes, stay as they are. */
export function keepServerFields(
  resource: Resource,
  current: ApiObject,
  decoded: ApiObject,
  subresource: WrittenSubresource | undefined,
): ApiObject {
  const next = structuredClone(decoded);
  const kept = structuredClone(current);
  const { metadata } = kept;
  next.metadata = { ...next.metadata, name: metadata.name, uid: metadata.uid };
  for (const field of [
    'namespace',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'generateName',
    'resourceVersion',
  ]) {
    if (metadata[field] === undefined) Reflect.deleteProperty(next.metadata, field);
    else next.metadata[field] = metadata[field];
  }
  if (subresource === 'status') {
    return {
      ...kept,
      metadata: { ...next.metadata, ...pick(metadata, ['ownerReferences', 'finalizers']) },
      status: next.status,
    };
  }
  if (subresource === 'ephemeralcontainers') {
    const added = isObject(next.spec) ? next.spec.ephemeralContainers : undefined;
    return { ...kept, spec: { ...(isObject(kept.spec) ? kept.spec : {}), ephemeralContainers: added } };
  }
  if (hasSubresource(resource, 'status')) {
    if (kept.status === undefined) Reflect.deleteProperty(next, 'status');
    else next.status = kept.status;
  }
  return next;
}

function pick(from: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => from[field] !== undefined).map((field) => [field, from[field]]),
  );
}

/** Kinds with a status have one from the start, even if empty. */
export function fillStatus(resource: Resource, object: ApiObject): void {
  if (hasSubresource(resource, 'status')) object.status ??= decode(resource.schema, {}).value.status ?? {};
}

export function desiredStateChanged(current: ApiObject, next: ApiObject): boolean {
  return !sameJson(omit(current, 'metadata', 'status'), omit(next, 'metadata', 'status'));
}

/** Of a decoded value, only the fields that the client sent. */
export function pruneToSent(
  value: Record<string, unknown>,
  raw: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name in raw)
      .map(([name, item]): [string, unknown] => [name, pruneValue(item, raw[name])]),
  );
}

function pruneValue(value: unknown, raw: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(raw))
    return value.map((item, index) => pruneValue(item, raw[index]));
  return isObject(value) && isObject(raw) ? pruneToSent(value, raw) : value;
}
