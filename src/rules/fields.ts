import { MapNode, type Entry, type Node, type Path, type ScalarNode } from '../manifest/node.ts';
import type { ManifestObject } from '../manifest/object.ts';
import { isForeignGroup, isServed, kindsByName } from '../manifest/schema/kinds.ts';
import type { Field, ObjectType, Schema, Type } from '../manifest/schema/schema.ts';
import { parseQuantity } from './quantity.ts';
import { isPlaceholder } from './read.ts';

/** Something in an object that does not fit its type. */
export type FieldIssue =
  | {
      readonly is: 'unknown';
      readonly map: MapNode;
      readonly entry: Entry;
      readonly type: ObjectType;
      readonly path: Path;
    }
  | {
      readonly is: 'type';
      readonly node: Node;
      readonly entry: Entry | undefined;
      readonly expected: Type;
      readonly path: Path;
    }
  | {
      readonly is: 'missing';
      readonly map: MapNode;
      readonly at: Entry | undefined;
      readonly field: Field;
      readonly type: ObjectType;
      readonly path: Path;
    }
  | {
      readonly is: 'value';
      readonly node: ScalarNode;
      readonly values: readonly string[];
      readonly path: Path;
    }
  | { readonly is: 'quantity'; readonly node: ScalarNode; readonly path: Path };

/** The type of an object by apiVersion and kind; with an apiVersion that nobody serves, by the kind alone. */
export function typeOfObject(
  object: ManifestObject,
  schemas: readonly Schema[],
): { schema: Schema; type: ObjectType } | undefined {
  const exact = typeIn(schemas, object.apiVersion, object.kind);
  if (exact || isServed(object.apiVersion, object.kind) || isForeignGroup(object.group)) return exact;
  const kind = kindsByName.get(object.kind.toLowerCase());
  const apiVersion = kind?.apiVersions[0];
  return kind && apiVersion !== undefined ? typeIn(schemas, apiVersion, kind.kind) : undefined;
}

function typeIn(
  schemas: readonly Schema[],
  apiVersion: string,
  kind: string,
): { schema: Schema; type: ObjectType } | undefined {
  for (const schema of schemas) {
    const type = schema.ofKind(apiVersion, kind);
    if (type) return { schema, type };
  }
  return undefined;
}

/** Compares an object with its type; everything that the server's strict decoding would object to, and enums. */
export function fieldIssues(object: ManifestObject, schemas: readonly Schema[]): readonly FieldIssue[] {
  const known = typeOfObject(object, schemas);
  if (known === undefined) return [];
  const issues: FieldIssue[] = [];
  new Walker(known.schema, issues).object(object.root, known.type, [], undefined);
  return issues;
}

/** Lists of texts that may not be empty: addresses and domains. An item without a value is an empty text. */
const strictLists = new Set([
  'nameservers',
  'searches',
  'externalIPs',
  'except',
  'loadBalancerSourceRanges',
  'addresses',
]);

/** What has more wrong with it is something else altogether, and not told in full. */
const maximumIssues = 200;

class Walker {
  readonly #schema: Schema;
  readonly #issues: FieldIssue[];

  constructor(schema: Schema, issues: FieldIssue[]) {
    this.#schema = schema;
    this.#issues = issues;
  }

  object(map: MapNode, type: ObjectType, path: Path, at: Entry | undefined): void {
    for (const entry of map.entries) {
      if (this.#issues.length >= maximumIssues) return;
      const field = type.fields.get(entry.key.value);
      const inside = [...path, entry.key.value];
      if (field === undefined) {
        if (!type.isOpen) this.#issues.push({ is: 'unknown', map, entry, type, path: inside });
      } else this.#value(entry.value, field.type, inside, entry);
    }
    // What the server writes itself (status) is not validated on the way in.
    if (path[0] === 'status') return;
    for (const field of type.fields.values()) {
      if (field.required && isAbsent(map.get(field.name), type)) {
        this.#issues.push({ is: 'missing', map, at, field, type, path: [...path, field.name] });
      }
    }
  }

  #value(node: Node, type: Type, path: Path, entry: Entry | undefined): void {
    if (isPlaceholder(node) || isNull(node)) return;
    switch (type.is) {
      case 'list':
        if (node.type !== 'list') this.#issues.push({ is: 'type', node, entry, expected: type, path });
        else node.items.forEach((item, index) => this.#item(item, type.of, [...path, index]));
        return;
      case 'map':
        if (!(node instanceof MapNode)) this.#issues.push({ is: 'type', node, entry, expected: type, path });
        else
          for (const each of node.entries) this.#value(each.value, type.of, [...path, each.key.value], each);
        return;
      case 'object': {
        const fields = this.#schema.type(type.name);
        if (!(node instanceof MapNode)) this.#issues.push({ is: 'type', node, entry, expected: type, path });
        else if (fields) this.object(node, fields, path, entry);
        return;
      }
      case 'scalar':
        this.#scalar(node, type, path, entry);
    }
  }

  /** An item without a value stands for an object without fields, unlike a field without one, which is not there. */
  #item(node: Node, type: Type, path: Path): void {
    const fields = type.is === 'object' && isNull(node) ? this.#schema.type(type.name) : undefined;
    // An empty text is none of the values that a list of such takes.
    const isStrict = type.is === 'scalar' && (type.values.length > 0 || strictLists.has(String(path.at(-2))));
    const isChoice = isStrict && isNull(node);
    const needsFields = fields !== undefined && [...fields.fields.values()].some((field) => field.required);
    if ((needsFields || isChoice) && !isPlaceholder(node))
      this.#issues.push({ is: 'type', node, entry: undefined, expected: type, path });
    else this.#value(node, type, path, undefined);
  }

  #scalar(node: Node, type: Extract<Type, { is: 'scalar' }>, path: Path, entry: Entry | undefined): void {
    if (type.scalar === 'anything') return;
    if (node.type !== 'scalar' || !fits(node, type.scalar)) {
      this.#issues.push({ is: 'type', node, entry, expected: type, path });
      return;
    }
    if (type.scalar === 'quantity' && parseQuantity(node.text) === undefined) {
      this.#issues.push({ is: 'quantity', node, path });
      return;
    }
    const allowed =
      type.values.length === 0 || type.values.includes(node.text) || (node.text === '' && !type.emptyRefused);
    if (!allowed && path[0] !== 'status') this.#issues.push({ is: 'value', node, values: type.values, path });
  }
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}

/** Missing, null, or the empty text or list, which the server takes for missing in kinds of its own. */
function isAbsent(node: Node | undefined, { isCustom }: ObjectType): boolean {
  if (node === undefined || isNull(node)) return true;
  if (isCustom) return false;
  return (node.type === 'scalar' && node.value === '') || (node.type === 'list' && node.items.length === 0);
}

const time = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[-+]\d{2}:\d{2})$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether Go's JSON decoder takes the value for a field of this type. */
function fits(node: ScalarNode, type: string): boolean {
  const { value } = node;
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int32':
      return isInteger(value, 2 ** 31);
    case 'int64':
      return isInteger(value, 2 ** 63);
    case 'number':
      return typeof value === 'number';
    case 'quantity':
      return typeof value === 'string' || typeof value === 'number';
    case 'int-or-text':
      return typeof value === 'string' || isInteger(value, 2 ** 31);
    case 'time':
      return typeof value === 'string' && time.test(value) && !Number.isNaN(Date.parse(value));
    case 'base64':
      return typeof value === 'string' && base64.test(value.replace(/[\r\n]/g, ''));
    default:
      return true;
  }
}

function isInteger(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

/** A path as messages write it: `spec.ports[0].port`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
