/** Objects and lists in the form a client asked for. */
import type { ListPage } from '../api/listing.ts';
import { omit } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { ListMeta } from '../protobuf/messages.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { structSchema } from '../schema/model.ts';
import { tableOf } from '../tables/table.ts';
import type { RowObject } from '../tables/table.ts';
import type { Media } from './negotiate.ts';

export interface RenderOptions extends Media {
  /** `includeObject=` of tables. */
  rowObject: RowObject;
}

export function partialMetadata(object: ApiObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** The object as its resource's group serves it. */
export function served(resource: Resource, object: ApiObject): ApiObject {
  return resource.storedAs ? resource.storedAs.fromStorage(object) : object;
}

/** One object. */
export function renderObject(resource: Resource, object: ApiObject, options: RenderOptions): unknown {
  const shown = served(resource, object);
  switch (options.form) {
    case 'object':
      return { ...shown, kind: resource.kind, apiVersion: apiVersionOf(resource) };
    case 'metadata':
      return partialMetadata(shown);
    case 'table':
      return tableOf(
        resource,
        [shown],
        { resourceVersion: object.metadata.resourceVersion ?? '' },
        options.rowObject,
      );
  }
}

export function listMetadata(page: ListPage): ListMeta {
  return {
    resourceVersion: page.resourceVersion,
    ...(page.continueToken === undefined ? {} : { continue: page.continueToken }),
    ...(page.remainingItemCount === undefined ? {} : { remainingItemCount: page.remainingItemCount }),
  };
}

/** List items carry neither kind nor apiVersion, as on a real server. */
export function withoutKind(object: ApiObject): JsonObject {
  return omit(object, 'kind', 'apiVersion');
}

/** One page of a list. */
export function renderList(resource: Resource, page: ListPage, options: RenderOptions): unknown {
  const metadata = listMetadata(page);
  const items = page.items.map((item) => served(resource, item));
  switch (options.form) {
    case 'object':
      return {
        kind: `${resource.kind}List`,
        apiVersion: apiVersionOf(resource),
        metadata,
        items: items.map(withoutKind),
      };
    case 'metadata':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(partialMetadata),
      };
    case 'table':
      return tableOf(resource, items, { ...metadata }, options.rowObject);
  }
}

/** A struct as Go writes it when empty: structs inside, required lists as null. */
function zero(schemaName: string): JsonObject {
  const value: JsonObject = {};
  for (const field of structSchema(schemaName).fields.values()) {
    if (field.type.form === 'struct' && field.default !== undefined && field.name !== 'metadata') {
      value[field.name] = zero(field.type.name);
    } else if (field.type.form === 'list' && field.required) value[field.name] = null;
  }
  return value;
}

/** The object of a BOOKMARK event: nothing but a resourceVersion. */
export function bookmarkObject(resource: Resource, revision: number, initialEventsEnd: boolean): JsonObject {
  return {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      ...(initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    },
    ...zero(resource.schema),
  };
}
