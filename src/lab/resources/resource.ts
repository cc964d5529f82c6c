/** What the API knows of a resource: its names, its place in the paths, its schema. */
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';

export interface ObjectRef {
  namespace?: string | undefined;
  name: string;
}

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

export interface Subresource {
  name: string;
  kind: string;
  verbs: readonly string[];
  /** Group and version of the kind, where they differ from the resource's own. */
  group?: string;
  version?: string;
}

export interface Resource<T extends ApiObject = ApiObject> {
  group: string;
  version: string;
  /** Plural, lower case: as in paths. */
  name: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  verbs: readonly Verb[];
  subresources: readonly Subresource[];
  /** Name of the struct in the schema. */
  schema: string;
  /** The collection that holds the objects; events are served in two groups from one. */
  storage: string;
  /** metadata.generation counts the changes of everything but metadata and status. */
  hasGeneration: boolean;
  /** DELETE answers with the object and not with a Status. */
  returnsDeleted: boolean;
  /** For a resource whose objects are stored in another group's form: that resource, and the ways there and back. */
  storedAs?: {
    resource: Resource;
    fromStorage: (object: ApiObject) => ApiObject;
    toStorage: (object: JsonObject) => JsonObject;
  };
  /** Never set: ties the resource to its type. */
  readonly objectType?: T;
}

export function apiVersionOf(resource: { group: string; version: string }): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** `pods`, `deployments.apps`: as error messages name a resource. */
export function qualifiedName(resource: Resource): string {
  return resource.group === '' ? resource.name : `${resource.name}.${resource.group}`;
}

/** `Pod`, `Deployment.apps`: as validation messages name a kind. */
export function qualifiedKind(resource: { group: string; kind: string }): string {
  return resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
}

export function hasSubresource(resource: Resource, name: string): boolean {
  return resource.subresources.some((sub) => sub.name === name);
}
