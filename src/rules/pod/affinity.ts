import type { MapNode } from '../../manifest/node.ts';
import { labelValueProblem, qualifiedNameProblem } from '../formats.ts';
import { filledText, integerOf, itemsOf, keyPlace, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Affinity to nodes and pods: weights, operators and values. */
export const affinity: Rule = {
  code: 'affinity',
  title: 'An affinity with a weight, operator or value that is not possible',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    const all = mapOf(context.pod?.spec.get('affinity'));
    const nodes = mapOf(all?.get('nodeAffinity'));
    for (const term of mapsOf(mapOf(nodes?.get(required))?.get('nodeSelectorTerms')))
      checkTerm(term, true, context);
    for (const term of mapsOf(nodes?.get(preferred))) {
      checkWeight(term, context);
      const preference = mapOf(term.get('preference'));
      // What is preferred may name values that no label can have.
      if (preference) checkTerm(preference, false, context);
    }
    for (const kind of ['podAffinity', 'podAntiAffinity']) {
      for (const term of mapsOf(mapOf(all?.get(kind))?.get(preferred))) checkWeight(term, context);
    }
  },
};

function checkWeight(term: MapNode, { report }: RuleContext): void {
  const weight = integerOf(term.get('weight'));
  if (weight !== undefined && (weight < 1 || weight > 100))
    report(placeOf(term, 'weight'), 'A weight goes from 1 to 100.');
}

function checkTerm(term: MapNode, strict: boolean, { report }: RuleContext): void {
  for (const expression of mapsOf(term.get('matchExpressions'))) {
    const key = filledText(expression.get('key'));
    const problem = key === undefined ? undefined : qualifiedNameProblem(key);
    if (problem !== undefined)
      report(placeOf(expression, 'key'), `The label's name "${key ?? ''}" ${problem}.`);
    const operator = textOf(expression.get('operator')) ?? '';
    const values = itemsOf(expression.get('values'));
    const wrong = countProblem(operator, values.length);
    if (wrong !== undefined)
      report(keyPlace(expression, expression.has('values') ? 'values' : 'operator'), wrong);
    for (const value of strict ? values : []) {
      const text = textOf(value);
      const bad = text === undefined ? undefined : labelValueProblem(text);
      if (bad !== undefined) report(value, `The label's value "${text ?? ''}" ${bad}: no node can have it.`);
    }
  }
  for (const field of mapsOf(term.get('matchFields'))) {
    const key = filledText(field.get('key'));
    if (key !== undefined && key !== 'metadata.name')
      report(placeOf(field, 'key'), 'The only field of nodes to match is metadata.name.');
    if (itemsOf(field.get('values')).length !== 1)
      report(keyPlace(field, 'values'), 'A field is compared with one value.');
  }
}

function countProblem(operator: string, count: number): string | undefined {
  if ((operator === 'In' || operator === 'NotIn') && count === 0)
    return `The operator ${operator} needs at least one value.`;
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0)
    return `The operator ${operator} takes no values.`;
  return (operator === 'Gt' || operator === 'Lt') && count !== 1
    ? `The operator ${operator} takes one value.`
    : undefined;
}
