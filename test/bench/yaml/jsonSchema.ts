import { kubernetes } from '../../../src/manifest/schema/kubernetes.ts';
import { builtInSchema, type ObjectType, type Type } from '../../../src/manifest/schema/schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** Our built-in schema as JSON schema, strict about fields: what yaml-language-server's Kubernetes mode is given. */
export function jsonSchemaOfKubernetes(): Json {
  const schema = builtInSchema();
  const names = [...kubernetes.matchAll(/^(\S+) = /gm)].map(([, name = '']) => name);
  const types = names.flatMap((name) => schema.type(name) ?? []);
  // Types without fields of their own take anything.
  const open = [...kubernetes.matchAll(/^(\S+) : /gm)].map(([, name = '']) => [name, {}] as const);
  const definitions = Object.fromEntries<Json>([
    ...open,
    ...types.map((type) => [type.name, objectSchema(type)] as const),
  ]);
  for (const { apiVersion, kind } of schema.kinds()) {
    const type = schema.ofKind(apiVersion, kind);
    if (type) definitions[type.name] = objectSchema(type, { apiVersion, kind });
  }
  const oneOf = schema.kinds().map(({ apiVersion, kind }) => ({
    $ref: `#/definitions/${schema.ofKind(apiVersion, kind)?.name ?? ''}`,
  }));
  return { $schema: 'http://json-schema.org/draft-07/schema#', definitions, oneOf };
}

function objectSchema(type: ObjectType, own?: { apiVersion: string; kind: string }): Json {
  const fields = [...type.fields.values()];
  const properties = Object.fromEntries(fields.map((field) => [field.name, valueSchema(field.type)]));
  if (own) {
    properties.apiVersion = { type: 'string', enum: [own.apiVersion] };
    properties.kind = { type: 'string', enum: [own.kind] };
  }
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(own && {
      'x-kubernetes-group-version-kind': [groupOf(own)],
    }),
  };
}

function groupOf({ apiVersion, kind }: { apiVersion: string; kind: string }): Json {
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
  };
}

function valueSchema(type: Type): Json {
  switch (type.is) {
    case 'list':
      return { type: ['array', 'null'], items: valueSchema(type.of) };
    case 'map':
      return { type: ['object', 'null'], additionalProperties: valueSchema(type.of) };
    case 'object':
      return { $ref: `#/definitions/${type.name}` };
    case 'scalar':
      return scalarSchema(type);
  }
}

function scalarSchema({ scalar, values }: Extract<Type, { is: 'scalar' }>): Json {
  switch (scalar) {
    case 'int32':
    case 'int64':
      return { type: ['integer', 'null'] };
    case 'number':
      return { type: ['number', 'null'] };
    case 'boolean':
      return { type: ['boolean', 'null'] };
    case 'quantity':
    case 'int-or-text':
      return { type: ['string', 'number', 'null'] };
    case 'anything':
      return {};
    case 'text':
    case 'time':
    case 'base64':
      return { type: ['string', 'null'], ...(values.length > 0 && { enum: values }) };
  }
}
