/** OpenAPI v3 documents of the lab's kinds: what kubectl needs to validate, to merge and to explain. */
import type { JsonObject } from '../objects/json.ts';
import { resources } from '../resources/catalog.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { structSchema } from './model.ts';
import type { FieldSchema, ScalarType, StructSchema, TypeRef } from './model.ts';

const refPrefix = '#/components/schemas/';

const scalarSchemas: Record<ScalarType, JsonObject> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  byte: { type: 'string', format: 'byte' },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  any: { type: 'object' },
};

/** `core.v1.Pod` → `io.k8s.api.core.v1.Pod`. */
function fullName(name: string): string {
  return name.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${name}` : `io.k8s.api.${name}`;
}

function typeSchema(type: TypeRef, found: Set<string>): JsonObject {
  switch (type.form) {
    case 'scalar':
      return { ...scalarSchemas[type.scalar] };
    case 'struct':
      found.add(type.name);
      return { $ref: refPrefix + fullName(type.name) };
    case 'list':
      return { type: 'array', items: typeSchema(type.items, found) };
    case 'map':
      return { type: 'object', additionalProperties: typeSchema(type.values, found) };
  }
}

function fieldSchema(field: FieldSchema, found: Set<string>): JsonObject {
  const plain = typeSchema(field.type, found);
  // Siblings of $ref are ignored, so that it goes into allOf where there is more to say.
  const schema: JsonObject = '$ref' in plain ? { allOf: [plain] } : plain;
  if (field.default !== undefined) schema.default = field.default;
  if (field.values) schema.enum = field.values;
  if (field.type.form === 'list') {
    schema['x-kubernetes-list-type'] = field.list.kind;
    if (field.list.kind === 'map') schema['x-kubernetes-list-map-keys'] = field.list.keys;
  }
  if (field.atomic) schema['x-kubernetes-map-type'] = 'atomic';
  const strategies = [field.patchMerge ? 'merge' : '', field.patchRetainKeys ? 'retainKeys' : ''].filter(
    Boolean,
  );
  if (strategies.length > 0) schema['x-kubernetes-patch-strategy'] = strategies.join(',');
  if (field.patchKey) schema['x-kubernetes-patch-merge-key'] = field.patchKey;
  return schema;
}

function componentSchema(struct: StructSchema, found: Set<string>): JsonObject {
  const required = [...struct.fields.values()].filter((field) => field.required).map(({ name }) => name);
  const properties = [...struct.fields.values()].map((field): [string, JsonObject] => [
    field.name,
    fieldSchema(field, found),
  ]);
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(properties),
    ...(struct.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(struct.gvk ? { 'x-kubernetes-group-version-kind': [struct.gvk] } : {}),
  };
}

const parameters = {
  dryRun: { type: 'string' },
  fieldManager: { type: 'string' },
  fieldValidation: { type: 'string' },
  force: { type: 'boolean' },
} satisfies Record<string, JsonObject>;

function operation(
  resource: Resource,
  action: string,
  names: readonly (keyof typeof parameters)[],
): JsonObject {
  const { group, version, kind } = resource;
  const media = { schema: { $ref: refPrefix + fullName(resource.schema) } };
  const patchMedia = Object.fromEntries(
    [
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
      'application/apply-patch+yaml',
    ].map((type): [string, unknown] => [type, { schema: { type: 'object' } }]),
  );
  return {
    parameters: names.map((name) => ({ name, in: 'query', schema: parameters[name] })),
    ...(action === 'patch' ? { requestBody: { content: patchMedia, required: true } } : {}),
    ...(action === 'post' || action === 'put'
      ? { requestBody: { content: { '*/*': media }, required: true } }
      : {}),
    responses: { '200': { description: 'OK', content: { 'application/json': media } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

function resourcePaths(resource: Resource): [string, JsonObject][] {
  const base = resource.group ? `/apis/${apiVersionOf(resource)}` : `/api/${resource.version}`;
  const place = resource.namespaced ? '/namespaces/{namespace}' : '';
  const collection = `${base}${place}/${resource.name}`;
  return [
    [
      collection,
      {
        get: operation(resource, 'list', []),
        post: operation(resource, 'post', ['dryRun', 'fieldManager', 'fieldValidation']),
      },
    ],
    [
      `${collection}/{name}`,
      {
        get: operation(resource, 'get', []),
        put: operation(resource, 'put', ['dryRun', 'fieldManager', 'fieldValidation']),
        patch: operation(resource, 'patch', ['dryRun', 'fieldManager', 'fieldValidation', 'force']),
        delete: operation(resource, 'delete', ['dryRun']),
      },
    ],
  ];
}

/** The document of one group and version, with all types its kinds use. */
export function openApiDocument(group: string, version: string, serverVersion: string): JsonObject {
  const served = resources.filter((resource) => resource.group === group && resource.version === version);
  const found = new Set(served.map((resource) => resource.schema));
  const schemas: Record<string, JsonObject> = {};
  // A set grows while it is walked: types found on the way are visited too.
  for (const name of found) schemas[fullName(name)] = componentSchema(structSchema(name), found);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes (practice lab)', version: serverVersion },
    paths: Object.fromEntries(served.flatMap(resourcePaths)),
    components: { schemas },
  };
}
