/*
 * Checks for messages: what one side says is described once, and both the type and the check follow from it.
 * `const message = shape({ is: oneOf('open'), name: text })`; `type Message = Of<typeof message>`.
 */

export type Guard<T> = (value: unknown) => value is T;
/** The type that a guard lets through. */
export type Of<G> = G extends Guard<infer T> ? T : never;

type Fields = Readonly<Record<string, Guard<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends Of<F[K]> ? K : never }[keyof F];
type Fitting<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Of<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Of<F[K]>;
};

export const text: Guard<string> = (value) => typeof value === 'string';
export const flag: Guard<boolean> = (value) => typeof value === 'boolean';
/** A finite number. */
export const number: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Guard<T> {
  return (value): value is T => (words as readonly unknown[]).includes(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** A field that may be left out. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

/** An object with these fields; what else it has does not matter. */
export function shape<F extends Fields>(fields: F): Guard<Fitting<F>> {
  const entries = Object.entries(fields);
  return (value): value is Fitting<F> =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([name, guard]) => guard((value as Readonly<Record<string, unknown>>)[name]));
}

/** One of several kinds of message. */
export function either<G extends readonly Guard<unknown>[]>(...guards: G): Guard<Of<G[number]>> {
  return (value): value is Of<G[number]> => guards.some((guard) => guard(value));
}

/** A reader for what a guard lets through; undefined for all else. */
export function reader<T>(guard: Guard<T>): (value: unknown) => T | undefined {
  return (value) => (guard(value) ? value : undefined);
}
