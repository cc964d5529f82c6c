import { t } from '../../base/l10n.ts';
import type { Path } from '../node.ts';
import type { Field, ObjectType, Schema, Type } from '../schema/schema.ts';

/** What a schema says of a place. */
export interface TypedPlace {
  readonly schema: Schema;
  readonly type: Type;
  /** The field at the end of the path, and the type it belongs to; missing at the root, in lists and maps. */
  readonly field?: Field;
  readonly holder?: ObjectType;
}

/**
 * The type at a path of a kind, by the first schema that knows the kind.
 * @param path keys; items of lists as `#` or as a number
 */
export function typeAt(
  schemas: readonly Schema[],
  apiVersion: string,
  kind: string,
  path: Path,
): TypedPlace | undefined {
  const schema = schemas.find((each) => each.ofKind(apiVersion, kind));
  const root = schema?.ofKind(apiVersion, kind);
  if (schema === undefined || root === undefined) return undefined;
  let found: TypedPlace = { schema, type: { is: 'object', name: root.name } };
  for (const step of path) {
    const next = stepInto(schema, found.type, step);
    if (next === undefined) return undefined;
    found = next;
  }
  return found;
}

function stepInto(schema: Schema, type: Type, step: string | number): TypedPlace | undefined {
  const isItem = step === '#' || typeof step === 'number';
  if (type.is === 'list') return isItem ? { schema, type: type.of } : undefined;
  if (isItem) return undefined;
  if (type.is === 'map') return { schema, type: type.of };
  if (type.is !== 'object') return undefined;
  const holder = schema.type(type.name);
  const field = holder?.fields.get(step);
  return holder && field && { schema, type: field.type, field, holder };
}

/** A type in a few words: `list of ServicePort`. */
export function typeText(type: Type): string {
  switch (type.is) {
    case 'list':
      return t('list of {0}', typeText(type.of));
    case 'map':
      return t('map of {0} by name', typeText(type.of));
    case 'object':
      return type.name.slice(type.name.lastIndexOf('.') + 1);
    case 'scalar':
      return type.values.length > 0
        ? type.values.filter((value) => value !== '').join(' | ')
        : words[type.scalar]();
  }
}

const words = {
  text: () => t('text'),
  int32: () => t('whole number'),
  int64: () => t('whole number'),
  number: () => t('number'),
  boolean: () => t('true or false'),
  quantity: () => t('quantity, such as 500m or 1Gi'),
  'int-or-text': () => t('whole number or name'),
  time: () => t('time, such as 2030-01-31T12:00:00Z'),
  base64: () => 'base64',
  anything: () => t('anything'),
} as const satisfies Readonly<Record<string, () => string>>;
