import type { ScalarValue } from './node.ts';

/*
 * How the API server and kubectl read a plain scalar: sigs.k8s.io/yaml, a fork of go-yaml v2
 * (goyaml.v2/resolve.go). That is YAML 1.1 without base 60: `12:30` stays text, and so does a date.
 */

const words = new Map<string, ScalarValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w) => [w, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((w) => [w, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w) => [w, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((w) => [w, Number.NEGATIVE_INFINITY] as const),
]);

const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const dotFloat = /^\.\d+(?:[eE][-+]?\d+)?$/;
const prefixedInteger = /^([-+]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;
const octalInteger = /^([-+]?)0([0-7]+)$/;
const decimalInteger = /^[-+]?(?:0|[1-9]\d*)$/;
const date = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}.*)?$/;

/** The value of a plain (unquoted) scalar. */
export function resolvePlain(text: string): ScalarValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (!digit && first !== 43 && first !== 45 && first !== 46) return text;
  if (first === 46) return dotFloat.test(text) ? finite(text, text) : text;
  if (date.test(text)) return text;
  return resolveNumber(text);
}

function resolveNumber(text: string): ScalarValue {
  const plain = text.replaceAll('_', '');
  if (decimalInteger.test(plain)) return Number(plain);
  const prefixed = prefixedInteger.exec(plain);
  if (prefixed?.[2] !== undefined) return signed(prefixed[1], Number(prefixed[2]));
  const octal = octalInteger.exec(plain);
  if (octal?.[2] !== undefined) return signed(octal[1], Number.parseInt(octal[2], 8));
  return float.test(plain) ? finite(plain, text) : text;
}

function signed(sign: string | undefined, value: number): number {
  return sign === '-' ? -value : value;
}

function finite(plain: string, text: string): ScalarValue {
  const value = Number(plain);
  return Number.isFinite(value) ? value : text;
}

/** The value under an explicit tag such as `!!str`, or undefined when the tag does not say how to read it. */
export function resolveTagged(tag: string | undefined, text: string): ScalarValue | undefined {
  switch (tag ?? '') {
    case 'tag:yaml.org,2002:str':
    case 'tag:yaml.org,2002:binary':
    case '!':
      return text;
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return resolvePlain(text);
    default:
      return undefined;
  }
}

/** Whether text needs quotes to stay text when it is written as a plain scalar. */
export function needsQuotes(text: string): boolean {
  return (
    typeof resolvePlain(text) !== 'string' ||
    text === '<<' ||
    !/^[\w./](?:[\w ./@+-]|:(?=[^\s])|#(?<=\S#))*$/.test(text) ||
    text.endsWith(' ')
  );
}

/** The key that a plain scalar becomes in JSON; undefined for null, which cannot be a key. */
export function keyOf(value: ScalarValue): string | undefined {
  return value === null ? undefined : String(value);
}
