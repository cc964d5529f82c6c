import { MapNode, type Node } from './node.ts';
import type { ManifestObject } from './object.ts';
import type { Range } from './position.ts';

/*
 * From the way an API server names a field to the place in a manifest: `spec.ports[0].nodePort` (validation),
 * `.spec.containers[name="web"].image` (managed fields), `metadata.labels.app.kubernetes.io/name`, `data[key]`.
 */

interface Step {
  readonly node: Node;
  /** Where to point at: the key of a field, or an item. */
  readonly place: { readonly start: number; readonly end: number };
}

/** The range of the field, or of the nearest thing above it that is written; the object's name where nothing is. */
export function placeOfField(object: ManifestObject, field: string): Range {
  let rest = field.replace(/^\./, '');
  let node: Node = object.root;
  let place: Step['place'] | undefined;
  while (rest !== '') {
    const step: (Step & { rest: string }) | undefined = rest.startsWith('[')
      ? intoBrackets(node, rest)
      : intoKey(node, rest);
    if (step === undefined) break;
    ({ node, place } = step);
    rest = step.rest;
  }
  const whole = object.at(['metadata', 'name']) ?? object.at(['kind']) ?? object.root;
  return object.rangeOf(place ?? whole);
}

/** The fields that a message of strict decoding names: `unknown field "spec.foo"`, `duplicate field "…"`. */
export function fieldsInMessage(message: string): readonly { field: string; message: string }[] {
  return [...message.matchAll(/((?:unknown|duplicate) field) "([^"]+)"/g)].map(
    ([, what = '', field = '']) => ({
      field,
      message: `${what} "${field}"`,
    }),
  );
}

/** The longest key that the text begins with, for keys may hold dots. */
function intoKey(node: Node, text: string): (Step & { rest: string }) | undefined {
  if (!(node instanceof MapNode)) return undefined;
  let best: (Step & { rest: string }) | undefined;
  let longest = -1;
  for (const { key, value } of node.entries) {
    const next = text.charAt(key.value.length);
    if (!text.startsWith(key.value) || (next !== '' && next !== '.' && next !== '[')) continue;
    if (key.value.length <= longest) continue;
    longest = key.value.length;
    // A scalar that is wrong is what to point at; of a block, its key.
    const place = value.type === 'scalar' && value.end > value.start ? value : key;
    best = { node: value, place, rest: text.slice(longest).replace(/^\./, '') };
  }
  return best;
}

function intoBrackets(node: Node, text: string): (Step & { rest: string }) | undefined {
  const match = /^\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]\.?/.exec(text);
  if (match === null) return undefined;
  const [whole, inside = ''] = match;
  const rest = text.slice(whole.length);
  if (node instanceof MapNode) {
    const entry = node.entry(inside.replace(/^"(.*)"$/, '$1'));
    return entry && { node: entry.value, place: entry.key, rest };
  }
  if (node.type !== 'list') return undefined;
  const item = /^\d+$/.test(inside) ? node.items[Number(inside)] : itemWith(node.items, inside);
  return item && { node: item, place: firstOf(item), rest };
}

/** The item whose fields have these values: `port=80,protocol="TCP"`. Fields that are not written may have a default. */
function itemWith(items: readonly Node[], keys: string): Node | undefined {
  const wanted = [...keys.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(
    ([, key = '', value = '']) => [key, value.replace(/^"(.*)"$/, '$1')] as const,
  );
  if (wanted.length === 0)
    return items.find((item) => item.type === 'scalar' && `"${String(item.value)}"` === keys);
  return items.find((item) =>
    wanted.every(([key, value], index) => {
      const field = item instanceof MapNode ? item.get(key) : undefined;
      if (field === undefined) return index > 0;
      return field.type === 'scalar' && String(field.value) === value;
    }),
  );
}

function firstOf(node: Node): Step['place'] {
  return node instanceof MapNode ? (node.entries[0]?.key ?? node) : node;
}
