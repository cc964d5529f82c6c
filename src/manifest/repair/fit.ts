import { resolvePlain } from '../goScalar.ts';
import type { Type } from '../schema/schema.ts';
import type { Token } from './token.ts';

/*
 * How badly a value fits where it would stand, in the units of {@link costs}: 0 = as expected; from `wrong` on,
 * the server would refuse it.
 */

/** What readings cost. Two readings are compared by their sums; only the proportions matter. */
export const costs = {
  /** From here on the server would refuse the object. */
  wrong: 2.5,
  /** Leaving a list or map, so that the nearest place is preferred. */
  pop: 0.1,
  /** A field that must be there is missing. */
  missing: 4,
  /** A token could not be placed. */
  lost: 6,
} as const;

const quantity = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

/** Fields of free text, where blanks are nothing to wonder at. */
const prose =
  /^(?:value|message|reason|description|command|args|annotations|data|stringData|parameters|schedule|exec|note|userAgent|labelSelector|scopes?|mountOptions|searches|names)$/;

/** Whether the field holds sentences or commands, not a name. */
export function isProse(role: string): boolean {
  return prose.test(role);
}

/** Whether the type takes any text. */
export function isFreeText(type: Type | undefined): boolean {
  if (type?.is !== 'scalar') return type === undefined;
  return (type.scalar === 'text' && type.values.length === 0) || type.scalar === 'anything';
}

/** The cost of a value of one token for a type. @param role the field that it stands under. */
export function misfit(type: Type | undefined, token: Token, role: string): number {
  if (type === undefined) return 0;
  if (token.kind === 'flow') return flowMisfit(type, token.raw);
  const value = token.kind === 'plain' ? resolvePlain(token.raw) : unquoted(token.raw);
  if (token.kind === 'plain' && /^[&*!]/.test(token.raw)) return 0;
  if (type.is !== 'scalar') return value === null ? 0.5 : 6;
  if (value === null) return type.scalar === 'time' ? 0 : 1;
  const text = token.kind === 'plain' ? token.raw : String(value);
  switch (type.scalar) {
    case 'text':
      return textMisfit(value, text, type.values, token.kind === 'plain' && !prose.test(role));
    case 'int32':
    case 'int64':
      return Number.isInteger(value) ? 0 : 5;
    case 'number':
      return typeof value === 'number' ? 0 : 5;
    case 'boolean':
      return typeof value === 'boolean' ? 0 : 5;
    case 'quantity':
      return quantity.test(text) ? 0 : 5;
    case 'time':
      return /^\d{4}-\d\d-\d\d/.test(text) ? 0 : 4;
    case 'base64':
      return /^[A-Za-z\d+/\s]*={0,2}$/.test(text) && text.replace(/\s/g, '').length % 4 === 0 ? 0 : 3;
    case 'int-or-text':
      return typeof value === 'boolean' ? 5 : /\s/.test(text) ? 1.5 : 0;
    case 'anything':
      return 0;
  }
}

function textMisfit(value: unknown, text: string, values: readonly string[], terse: boolean): number {
  if (typeof value !== 'string') return 3;
  if (values.length > 0) return values.includes(text) ? 0 : 3.5;
  return terse && /\s/.test(text) ? 1.6 : 0;
}

function flowMisfit(type: Type, raw: string): number {
  if (type.is === 'scalar') return type.scalar === 'anything' ? 0 : 6;
  return raw.startsWith('[') === (type.is === 'list') ? 0 : 6;
}

/** What a quoted token says; escapes are left as they are, which is good enough to judge it. */
function unquoted(raw: string): string {
  return /^["']/.test(raw) ? raw.slice(1, -1) : raw;
}

/** The text of a token as a value to compare with. */
export function valueOf(token: Token): string {
  return unquoted(token.raw);
}

/** The cost of a field that has nothing behind it. */
export function emptiness(type: Type | undefined): number {
  if (type === undefined) return 0.5;
  if (type.is !== 'scalar') return 1.5;
  return type.scalar === 'text' && type.values.length === 0 ? 1 : 3;
}

const resources =
  /^(?:cpu|memory|storage|ephemeral-storage|pods|services|secrets|configmaps|persistentvolumeclaims|replicationcontrollers|resourcequotas|hugepages-\w+|.*[./].*|services\.\w+)$/;
const usualLabels = new Set(
  'app name tier env environment role component version release track run k8s-app team project stage part-of'.split(
    ' ',
  ),
);
const selecting = new Set(['labels', 'matchLabels', 'selector', 'nodeSelector']);

export interface KeyInMap {
  /** The field that holds the map. */
  readonly role: string;
  readonly values: Type;
  readonly key: string;
  /** A map or list around it has a field of this name that still has no value, and the value would fit there. */
  readonly knownOutside: boolean;
  /** How often this key stands with this value in the text: labels and selectors repeat each other. */
  readonly times: number;
}

/** How unlikely it is that a map of free keys has this one. */
export function oddness({ role, values, key, knownOutside, times }: KeyInMap): number {
  const camel = /^[a-z]+[A-Z]/.test(key);
  let odd = knownOutside ? 2 : 0;
  if (values.is === 'scalar' && values.scalar === 'quantity') return odd + (resources.test(key) ? 0 : 4);
  if (selecting.has(role)) {
    odd += camel ? (knownOutside ? 3 : 1) : 0;
    if (knownOutside && times > 1) odd -= 1.5;
    if (usualLabels.has(key) || key.includes('/')) return Math.max(0, odd - 0.3);
    return odd + (/^[A-Z]/.test(key) ? 1 : 0.1);
  }
  if (role === 'annotations') {
    if (key.includes('/')) return odd;
    if (key === 'name' || key === 'namespace') odd += 1.5;
    return odd + 0.5 + (knownOutside ? (camel ? 2 : 1) : 0);
  }
  return odd + (camel && knownOutside ? 1 : 0);
}
