import { isRecord, list, record, text, type Json } from '../../model/json.ts';

/*
 * Turns an OpenAPI v3 document of an API server (/openapi/v3/…) into our compact schema text: names, types,
 * required fields and enums, no prose. One line a type:
 *   core.v1.ServicePort = name:s port!:i protocol:s(SCTP|TCP|UDP) targetPort:x
 * Types: s text, i integer of 32 bits, I of 64, n number, b boolean, q quantity, x integer or text, t time, y base64, o anything,
 * [T list, {T map, otherwise the name of another type. `!` = required; behind text, `?` = an empty text is a
 * value of its own and not the same as absent.
 */

const shortPrefixes: readonly (readonly [string, string])[] = [
  ['io.k8s.apimachinery.pkg.apis.meta.', 'meta.'],
  ['io.k8s.apimachinery.pkg.', ''],
  ['io.k8s.api.', ''],
];

/** Facts that the published document does not say. */
export interface Corrections {
  /** `Type.field` of fields said to be required that the server does not ask for. */
  readonly notRequired: ReadonlySet<string>;
  /** Values by `Type.field` that the server's validation knows and the document lacks. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /** `Type.field` of enums where the empty text is refused, although text is usually absent when empty. */
  readonly emptyRefused: ReadonlySet<string>;
}

/** Answers the compact text of all types in the document, and of its kinds as `apiVersion/Kind > type`. */
export function compactSchema(openApi: unknown, corrections: Corrections): string {
  const schemas = record(record(record(openApi).components).schemas);
  const lines: string[] = [];
  const kinds: string[] = [];
  for (const [name, value] of Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const schema = record(value);
    const type = shortName(name);
    for (const each of list(schema['x-kubernetes-group-version-kind']).map(record)) {
      const group = text(each.group);
      kinds.push(`${group === '' ? '' : `${group}/`}${text(each.version)}/${text(each.kind)} > ${type}`);
    }
    if (isRecord(schema.properties)) lines.push(`${type} = ${fields(type, schema, corrections)}`);
    else if (!scalarTypes.has(name)) lines.push(`${type} : ${typeCode(schema)}`);
  }
  return [...kinds.sort(), ...lines].join('\n');
}

/** Types that are a scalar of their own and are written as a letter. */
const scalarTypes: ReadonlyMap<string, string> = new Map([
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', 't'],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', 't'],
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', 'q'],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', 'x'],
]);

function fields(type: string, schema: Json, corrections: Corrections): string {
  const required = new Set(list(schema.required).map(text));
  return Object.entries(record(schema.properties))
    .map(([name, value]) => {
      const path = `${type}.${name}`;
      const must = required.has(name) && !corrections.notRequired.has(path) ? '!' : '';
      return `${name}${must}:${typeCode(record(value), corrections, path)}`;
    })
    .join(' ');
}

function typeCode(schema: Json, corrections?: Corrections, path = ''): string {
  const [only] = list(schema.allOf).map(record);
  const reference = text(schema.$ref) || text(only?.$ref);
  if (reference !== '') {
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    return scalarTypes.get(name) ?? shortName(name);
  }
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return 'x';
  switch (schema.type) {
    case 'string':
      return stringCode(schema, corrections, path);
    case 'integer':
      return schema.format === 'int64' ? 'I' : 'i';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'array':
      return `[${typeCode(record(schema.items), corrections, `${path}[]`)}`;
    default:
      return isRecord(schema.additionalProperties)
        ? `{${typeCode(schema.additionalProperties, corrections, `${path}{}`)}`
        : 'o';
  }
}

function stringCode(schema: Json, corrections: Corrections | undefined, path: string): string {
  if (schema.format === 'date-time') return 't';
  if (schema.format === 'byte') return 'y';
  const values = list(schema.enum).map(text);
  const known = values.length > 0 ? values : (corrections?.enums[path] ?? []);
  if (known.length === 0) return 's';
  return `s(${known.join('|')})${corrections?.emptyRefused.has(path) === true ? '?' : ''}`;
}

function shortName(name: string): string {
  for (const [prefix, short] of shortPrefixes) {
    if (name.startsWith(prefix)) return short + name.slice(prefix.length);
  }
  return name;
}
