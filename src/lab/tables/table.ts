/** The Table form that `kubectl get` prints. */
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Resource } from '../resources/resource.ts';
import { columnsOf } from './columns.ts';

/** `includeObject=`: what each row carries besides its cells. */
export type RowObject = 'None' | 'Metadata' | 'Object';

function rowObject(object: ApiObject, include: RowObject): unknown {
  if (include === 'None') return undefined;
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** The table of some objects of a resource, with the list's metadata. */
export function tableOf(
  resource: Resource,
  objects: readonly ApiObject[],
  metadata: JsonObject,
  include: RowObject,
): JsonObject {
  const columns = columnsOf(resource);
  const now = Date.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, priority, description }) => ({
      name,
      type: type ?? 'string',
      format: name === 'Name' ? 'name' : '',
      description: description ?? '',
      priority: priority ?? 0,
    })),
    rows: objects.map((object) => {
      const row = { cells: columns.map((column) => column.cell(object, now)) };
      const attached = rowObject(object, include);
      return isObject(attached) ? { ...row, object: attached } : row;
    }),
  };
}
