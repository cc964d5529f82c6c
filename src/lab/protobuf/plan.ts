/** How each struct is written: its fields by number, those in line grouped under the message that holds them. */
import { structSchema } from '../schema/model.ts';
import type { TypeRef } from '../schema/model.ts';
import { protobufNumbers } from '../schema/protobufNumbers.ts';
import { writtenWhenEmpty } from './emptyFields.ts';

export interface FieldPlan {
  name: string;
  type: TypeRef;
  /** What Go writes where the field is not set: fields that are no pointers are always there. */
  empty: '' | 0 | 'message' | undefined;
}

export type PlanEntry = { number: number } & (
  { field: FieldPlan } | { inline: readonly (PlanEntry & { field: FieldPlan })[] }
);

/** In the order of their numbers, as Go writes them. */
export type StructPlan = readonly PlanEntry[];

type Path = readonly [number: number] | readonly [outer: number, inner: number];

function parsePaths(text: string): ReadonlyMap<string, ReadonlyMap<string, Path>> {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line): [string, Map<string, Path>] => {
        const [struct = '', ...fields] = line.slice(1).split(' ');
        const entries = fields.map((field): [string, Path] => {
          const [name = '', path = ''] = field.split('=');
          const [first = 0, second] = path.split('.').map(Number);
          return [name, second === undefined ? [first] : [first, second]];
        });
        return [struct, new Map(entries)];
      }),
  );
}

const paths = parsePaths(protobufNumbers);

function emptyOf(struct: string, name: string, type: TypeRef, isDefaulted: boolean): FieldPlan['empty'] {
  if (!isDefaulted && !writtenWhenEmpty.get(struct)?.has(name)) return undefined;
  if (type.form === 'struct') return 'message';
  if (type.form !== 'scalar') return undefined;
  switch (type.scalar) {
    case 'string':
      return '';
    case 'boolean':
    case 'int32':
    case 'int64':
      return 0;
    case 'time':
      return 'message';
    case 'number':
    case 'byte':
    case 'microTime':
    case 'intOrString':
    case 'quantity':
    case 'any':
      return undefined;
  }
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false || (typeof value === 'object' && value !== null);
}

function compile(struct: string): StructPlan {
  const numbers = paths.get(struct);
  if (numbers === undefined) throw new Error(`${struct} has no protobuf form here`);
  const plain: PlanEntry[] = [];
  const inlined = new Map<number, (PlanEntry & { field: FieldPlan })[]>();
  for (const { name, type, default: defaultValue } of structSchema(struct).fields.values()) {
    const path = numbers.get(name);
    if (path === undefined) continue;
    const [outer, inner] = path;
    const field = { name, type, empty: emptyOf(struct, name, type, isZero(defaultValue)) };
    if (inner === undefined) plain.push({ number: outer, field });
    else inlined.set(outer, [...(inlined.get(outer) ?? []), { number: inner, field }]);
  }
  for (const [number, fields] of inlined) {
    plain.push({ number, inline: fields.sort((a, b) => a.number - b.number) });
  }
  return plain.sort((a, b) => a.number - b.number);
}

/** Plans of structs, made when first asked for. */
export class Plans {
  readonly #plans = new Map<string, StructPlan>();

  of(struct: string): StructPlan {
    let plan = this.#plans.get(struct);
    if (plan === undefined) {
      plan = compile(struct);
      this.#plans.set(struct, plan);
    }
    return plan;
  }
}

/** Whether a struct can be written. */
export function hasPlan(struct: string): boolean {
  return paths.has(struct);
}
