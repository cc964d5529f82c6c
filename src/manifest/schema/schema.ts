import { kubernetes } from './kubernetes.ts';

export type ScalarType =
  | 'text'
  | 'int32'
  | 'int64'
  | 'number'
  | 'boolean'
  | 'quantity'
  | 'int-or-text'
  | 'time'
  | 'base64'
  | 'anything';

/** What a value may be. */
export type Type =
  | {
      readonly is: 'scalar';
      readonly scalar: ScalarType;
      /** The only values allowed; empty = any. */
      readonly values: readonly string[];
      /** Whether the empty text is refused; elsewhere the server takes it for absent. */
      readonly emptyRefused: boolean;
    }
  | { readonly is: 'list' | 'map'; readonly of: Type }
  | { readonly is: 'object'; readonly name: string };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
}

export interface ObjectType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Fields besides these are allowed. */
  readonly isOpen: boolean;
  /** Of a custom resource: its server takes required fields at their word, so that an empty text is there. */
  readonly isCustom: boolean;
}

const scalars: Readonly<Record<string, ScalarType>> = {
  s: 'text',
  i: 'int32',
  I: 'int64',
  n: 'number',
  b: 'boolean',
  q: 'quantity',
  x: 'int-or-text',
  t: 'time',
  y: 'base64',
  o: 'anything',
};

/** The types of an API, read on demand from the compact text that {@link compactSchema} writes. */
export class Schema {
  readonly #kinds = new Map<string, string>();
  readonly #sources = new Map<string, string>();
  readonly #types = new Map<string, ObjectType>();

  /** @param text lines as described in fromOpenApi.ts; a later line of the same name wins. */
  constructor(text: string) {
    for (const line of text.split('\n')) {
      const [name = '', sign, ...rest] = line.split(' ', 3);
      if (sign === '>') this.#kinds.set(name, rest[0] ?? '');
      else if (sign === '=') this.#sources.set(name, line.slice(name.length + 3));
    }
  }

  /** The type of an object, such as `apps/v1` and `Deployment`; undefined for kinds this schema lacks. */
  ofKind(apiVersion: string, kind: string): ObjectType | undefined {
    const name = this.#kinds.get(`${apiVersion}/${kind}`);
    return name === undefined ? undefined : this.type(name);
  }

  /** Every kind that this schema knows, with its apiVersion. */
  kinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
    return [...this.#kinds.keys()].map((key) => {
      const slash = key.lastIndexOf('/');
      return { apiVersion: key.slice(0, slash), kind: key.slice(slash + 1) };
    });
  }

  /** A type by its name; undefined for types without fields of their own, which take anything. */
  type(name: string): ObjectType | undefined {
    const known = this.#types.get(name);
    if (known) return known;
    const source = this.#sources.get(name);
    if (source === undefined) return undefined;
    const words = source.split(' ').filter((word) => word !== '');
    const fields = words.filter((word) => word.includes(':')).map(readField);
    const type = {
      name,
      fields: new Map(fields.map((field) => [field.name, field])),
      isOpen: words.includes('*'),
      isCustom: words.includes('^'),
    };
    this.#types.set(name, type);
    return type;
  }
}

function readField(word: string): Field {
  // The name of a custom resource's inner type may have colons too, the field's name none.
  const colon = word.indexOf(':');
  const required = word[colon - 1] === '!';
  return {
    name: word.slice(0, required ? colon - 1 : colon),
    required,
    type: readType(word.slice(colon + 1)),
  };
}

function readType(code: string): Type {
  if (code.startsWith('[')) return { is: 'list', of: readType(code.slice(1)) };
  if (code.startsWith('{')) return { is: 'map', of: readType(code.slice(1)) };
  const scalar = scalars[code[0] ?? ''];
  if (scalar !== undefined && (code.length === 1 || code[1] === '(')) {
    const close = code.lastIndexOf(')');
    const values = close === -1 ? [] : code.slice(2, close).split('|');
    return { is: 'scalar', scalar, values, emptyRefused: code.endsWith('?') };
  }
  return { is: 'object', name: code };
}

/** A new Schema of the built-in kinds of Kubernetes 1.36. */
export function builtInSchema(): Schema {
  return new Schema(kubernetes);
}
