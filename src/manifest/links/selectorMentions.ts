import { readLabelSelector, type LabelSelector } from '../../model/labelSelector.ts';
import { strings } from '../../model/json.ts';
import { MapNode, toJson, type KeyNode, type Node, type ScalarNode } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import { mapsAt, nameIn } from './find.ts';
import type { LabelBearer, Selection, UsingMention } from './mention.ts';

interface Options {
  readonly pods: Selection['pods'];
  readonly of?: LabelBearer;
  /** See {@link UsingMention.fixed}. */
  readonly fixed?: string;
}

/** The labels that a meta/v1 LabelSelector asks for. */
export function selectorMentions(
  object: ManifestObject,
  node: Node | undefined,
  options: Options,
): readonly UsingMention[] {
  if (!(node instanceof MapNode)) return [];
  const selector = readLabelSelector(toJson(node));
  if (selector === undefined) return [];
  const found = pairs(object, node.get('matchLabels'), selector, options);
  for (const expression of mapsAt(node, 'matchExpressions[]')) {
    const key = expression.get('key');
    const name = nameIn(key);
    if (key?.type !== 'scalar' || name === undefined) continue;
    const rest = without(selector, expression);
    const add = (place: ScalarNode, part: 'key' | 'value', value: string | undefined): void => {
      found.push(mention(object, place, { part, key: name, value }, rest, options));
    };
    add(key, 'key', undefined);
    const values = expression.get('values');
    for (const item of values?.type === 'list' ? values.items : []) {
      const value = nameIn(item);
      if (item.type === 'scalar' && value !== undefined) add(item, 'value', value);
    }
  }
  return found;
}

/** The labels of a plain map, as a Service's selector is one. */
export function mapSelectorMentions(
  object: ManifestObject,
  node: Node | undefined,
  options: Options,
): readonly UsingMention[] {
  return pairs(object, node, selectorOfMap(node), options);
}

/** A plain map of labels as a selector. */
export function selectorOfMap(node: Node | undefined): LabelSelector {
  return { matchLabels: strings(toJson(node)), matchExpressions: [] };
}

function pairs(
  object: ManifestObject,
  node: Node | undefined,
  selector: LabelSelector,
  options: Options,
): UsingMention[] {
  if (!(node instanceof MapNode)) return [];
  return node.entries.flatMap(({ key, value }) => {
    const text = nameIn(value);
    if (text === undefined || value.type !== 'scalar') return [];
    const label = { key: key.value, value: text };
    return [
      mention(object, key, { ...label, part: 'key' }, selector, options),
      mention(object, value, { ...label, part: 'value' }, selector, options),
    ];
  });
}

function mention(
  object: ManifestObject,
  node: ScalarNode | KeyNode,
  label: { part: 'key' | 'value'; key: string; value: string | undefined },
  selector: LabelSelector,
  { pods, of = 'pods', fixed }: Options,
): UsingMention {
  const what = { is: 'label', ...label, of, selection: { selector, pods } } as const;
  return { object, node, role: 'uses', what, ...(fixed !== undefined && { fixed }) };
}

/** The selector without one expression: a `NotIn` names the very pods that the whole does not select. */
function without(selector: LabelSelector, expression: MapNode): LabelSelector {
  const operator = nameIn(expression.get('operator'));
  const key = nameIn(expression.get('key'));
  if (operator !== 'NotIn' && operator !== 'DoesNotExist') return selector;
  return {
    ...selector,
    matchExpressions: selector.matchExpressions.filter(
      (each) => each.key !== key || each.operator !== operator,
    ),
  };
}
