import {
  builtInSchema,
  type ObjectType,
  type Schema,
  type Type,
} from '../../../src/manifest/schema/schema.ts';

/** Fields that say the same in every document, or that the server writes. */
const passedBy = new Set(['status', 'managedFields', 'ownerReferences']);
const deepest = 5;
/** How likely an optional field is written, by depth. */
const chances = [0.9, 0.5, 0.3, 0.2, 0.1];

/** `count` sound documents of all kinds of the built-in schema, each with most of its fields; no two are the same. */
export function documentsOf(count: number): readonly string[] {
  const schema = builtInSchema();
  const kinds = schema.kinds();
  return Array.from({ length: count }, (_, index) => {
    const { apiVersion, kind } = kinds[index % kinds.length] ?? { apiVersion: 'v1', kind: 'Pod' };
    const type = schema.ofKind(apiVersion, kind);
    const writer = new Writer(schema, index);
    return `apiVersion: ${apiVersion}\nkind: ${kind}\n${type ? writer.fields(type, '', 0) : ''}`;
  });
}

class Writer {
  readonly #schema: Schema;
  #seed: number;

  constructor(schema: Schema, seed: number) {
    this.#schema = schema;
    this.#seed = seed;
  }

  fields(type: ObjectType, indent: string, depth: number): string {
    // Objects within others, such as claim templates, need not say what they are.
    const isObject = type.fields.has('apiVersion') && type.fields.has('kind') && type.fields.has('metadata');
    return [...type.fields.values()]
      .filter(({ name }) => !passedBy.has(name) && (!isObject || (name !== 'apiVersion' && name !== 'kind')))
      .filter(({ required }) => required || (depth < deepest && this.#chance(depth)))
      .map(({ name, type: of }) => this.#entry(name, of, indent, depth))
      .join('');
  }

  /** Deeper fields are rarer, so that documents stay as long as people's are. */
  #chance(depth: number): boolean {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.#seed / 2_147_483_648 < (chances[Math.min(depth, 4)] ?? 0);
  }

  #entry(name: string, type: Type, indent: string, depth: number): string {
    if (type.is === 'scalar') return `${indent}${name}: ${this.#scalar(type, name)}\n`;
    if (type.is === 'object') {
      const below = this.#object(type.name, `${indent}  `, depth);
      return below === '' ? `${indent}${name}: {}\n` : `${indent}${name}:\n${below}`;
    }
    const below =
      type.is === 'list'
        ? this.#items(type.of, indent, depth)
        : `${indent}  key-1: ${this.#value(type.of)}\n`;
    return `${indent}${name}:\n${below}`;
  }

  #items(type: Type, indent: string, depth: number): string {
    if (type.is !== 'object') return `${indent}  - ${this.#value(type)}\n`;
    const below = this.#object(type.name, `${indent}    `, depth);
    return below === '' ? `${indent}  - {}\n` : `${indent}  - ${below.trimStart()}`;
  }

  #object(name: string, indent: string, depth: number): string {
    const type = this.#schema.type(name);
    return type === undefined ? '' : this.fields(type, indent, depth + 1);
  }

  #value(type: Type): string {
    return type.is === 'scalar' ? this.#scalar(type, 'x') : type.is === 'list' ? '[]' : '{}';
  }

  #scalar(type: Extract<Type, { is: 'scalar' }>, name: string): string {
    const first = type.values.find((value) => value !== '');
    if (first !== undefined) return first;
    switch (type.scalar) {
      case 'int32':
      case 'int64':
      case 'number':
      case 'int-or-text':
        return '80';
      case 'boolean':
        return 'true';
      case 'quantity':
        return '100Mi';
      case 'time':
        return '"2030-01-31T12:00:00Z"';
      case 'base64':
        return 'YWJj';
      case 'anything':
        return '{}';
      case 'text':
        return `${name.toLowerCase()}-${this.#seed % 100}`;
    }
  }
}
