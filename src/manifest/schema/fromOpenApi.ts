import { isRecord, list, record, text, type Json } from '../../model/json.ts';

/*
 * Turns an OpenAPI v3 document of an API server (/openapi/v3/…) into our compact schema text: names, types,
 * required fields and enums, no prose. One line a type:
 *   core.v1.ServicePort = name:s port!:i protocol:s(SCTP|TCP|UDP) targetPort:x
 * Types: s text, i integer of 32 bits, I of 64, n number, b boolean, q quantity, x integer or text, t time, y base64, o anything,
 * [T list, {T map, otherwise the name of another type. `!` = required; behind text, `?` = an empty text is a
 * value of its own and not the same as absent. Words of their own: `*` = fields besides these are allowed,
 * `^` = of a custom resource, whose server takes required fields at their word.
 */

const shortPrefixes: readonly (readonly [string, string])[] = [
  ['io.k8s.apimachinery.pkg.apis.meta.', 'meta.'],
  ['io.k8s.apimachinery.pkg.', ''],
  ['io.k8s.api.', ''],
];
const ownTypes = /^io\.k8s\.(?:api|apimachinery|apiextensions-apiserver|kube-aggregator)\./;

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
  const compactor = new Compactor(corrections);
  compactor.add(openApi);
  return compactor.text;
}

/** The same, and what the document says of each field, by `Type.field`. */
export function describedSchema(
  openApi: unknown,
  corrections: Corrections,
): { readonly text: string; readonly descriptions: ReadonlyMap<string, string> } {
  const descriptions = new Map<string, string>();
  const compactor = new Compactor(corrections, descriptions);
  compactor.add(openApi);
  return { text: compactor.text, descriptions };
}

/** Types that are a scalar of their own and are written as a letter. */
const scalarTypes: ReadonlyMap<string, string> = new Map([
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', 't'],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', 't'],
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', 'q'],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', 'x'],
]);

class Compactor {
  readonly #corrections: Corrections;
  readonly #descriptions: Map<string, string> | undefined;
  readonly #lines: string[] = [];
  readonly #kinds: string[] = [];

  constructor(corrections: Corrections, descriptions?: Map<string, string>) {
    this.#corrections = corrections;
    this.#descriptions = descriptions;
  }

  get text(): string {
    return [...this.#kinds.sort(), ...this.#lines].join('\n');
  }

  add(openApi: unknown): void {
    const schemas = record(record(record(openApi).components).schemas);
    for (const [name, value] of Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const schema = record(value);
      const type = shortName(name);
      const isCustom = !ownTypes.test(name);
      for (const each of list(schema['x-kubernetes-group-version-kind']).map(record)) {
        const group = text(each.group);
        this.#kinds.push(
          `${group === '' ? '' : `${group}/`}${text(each.version)}/${text(each.kind)} > ${type}`,
        );
      }
      if (isRecord(schema.properties)) this.#type(type, schema, isCustom);
      else if (!scalarTypes.has(name)) this.#lines.push(`${type} : ${this.#code(schema, type, isCustom)}`);
    }
  }

  #type(type: string, schema: Json, isCustom: boolean): void {
    const required = new Set(list(schema.required).map(text));
    const fields = Object.entries(record(schema.properties)).map(([name, value]) => {
      const path = `${type}.${name}`;
      const field = record(value);
      const said = text(field.description);
      if (said !== '') this.#descriptions?.set(path, said);
      const must = required.has(name) && !this.#corrections.notRequired.has(path) ? '!' : '';
      return `${name.replace(/[\s:]/g, '_')}${must}:${this.#code(field, path, isCustom)}`;
    });
    const isOpen =
      schema['x-kubernetes-preserve-unknown-fields'] === true ||
      isRecord(schema.additionalProperties) ||
      schema['x-kubernetes-embedded-resource'] === true;
    this.#lines.push(
      [`${type} =`, ...(isOpen ? ['*'] : []), ...(isCustom ? ['^'] : []), ...fields].join(' '),
    );
  }

  #code(schema: Json, path: string, isCustom: boolean): string {
    const [only] = list(schema.allOf).map(record);
    const reference = text(schema.$ref) || text(only?.$ref);
    if (reference !== '') {
      const name = reference.slice(reference.lastIndexOf('/') + 1);
      return scalarTypes.get(name) ?? shortName(name);
    }
    if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return 'x';
    switch (schema.type) {
      case 'string':
        return this.#stringCode(schema, path, isCustom);
      case 'integer':
        return schema.format === 'int64' || (isCustom && schema.format !== 'int32') ? 'I' : 'i';
      case 'number':
        return 'n';
      case 'boolean':
        return 'b';
      case 'array':
        return `[${this.#code(record(schema.items), `${path}[]`, isCustom)}`;
    }
    if (isRecord(schema.properties)) {
      this.#type(path, schema, isCustom);
      return path;
    }
    if (isRecord(schema.additionalProperties))
      return `{${this.#code(schema.additionalProperties, `${path}{}`, isCustom)}`;
    // Some servers write out what a quantity is.
    const either = list(schema.oneOf).map((each) => text(record(each).type));
    return either.includes('string') && either.includes('number') ? 'q' : 'o';
  }

  #stringCode(schema: Json, path: string, isCustom: boolean): string {
    if (schema.format === 'date-time') return 't';
    if (schema.format === 'byte') return 'y';
    const values = list(schema.enum).map(text);
    const known = values.length > 0 ? values : (this.#corrections.enums[path] ?? []);
    // Values with blanks or signs of ours cannot be written here; they are rare.
    if (known.length === 0 || known.some((value) => /[\s|()]/.test(value))) return 's';
    return `s(${known.join('|')})${isCustom || this.#corrections.emptyRefused.has(path) ? '?' : ''}`;
  }
}

function shortName(name: string): string {
  for (const [prefix, short] of shortPrefixes) {
    if (name.startsWith(prefix)) return short + name.slice(prefix.length);
  }
  return name;
}
