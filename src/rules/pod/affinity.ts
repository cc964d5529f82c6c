import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { dnsLabelProblem, labelValueProblem, qualifiedNameProblem, subdomainProblem } from '../formats.ts';
import { filledText, integerOf, isSet, itemsOf, keyPlace, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
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
      const pods = mapOf(all?.get(kind));
      for (const term of mapsOf(pods?.get(required))) checkPodTerm(term, context);
      for (const term of mapsOf(pods?.get(preferred))) {
        checkWeight(term, context);
        const inner = mapOf(term.get('podAffinityTerm'));
        if (inner) checkPodTerm(inner, context);
      }
    }
  },
};

function checkWeight(term: MapNode, { report }: RuleContext): void {
  const weight = integerOf(term.get('weight'));
  if (weight !== undefined && (weight < 1 || weight > 100))
    report(placeOf(term, 'weight'), t('A weight goes from 1 to 100.'));
}

/** The label of nodes that says what "the same place" is, and the namespaces to look in. */
function checkPodTerm(term: MapNode, { report }: RuleContext): void {
  const key = filledText(term.get('topologyKey'));
  const problem = key === undefined ? undefined : qualifiedNameProblem(key);
  if (problem !== undefined)
    report(placeOf(term, 'topologyKey'), t('The label\'s name "{0}" {1}.', key ?? '', problem));
  if (!isSet(term.get('labelSelector')) && key !== undefined) {
    report(
      keyPlace(term, 'topologyKey'),
      t('Without labelSelector this term matches no pod. An empty one ({}) matches all.'),
      { severity: 'warning' },
    );
  }
  for (const item of itemsOf(term.get('namespaces'))) {
    const name = textOf(item);
    const wrong = name === undefined ? undefined : dnsLabelProblem(name);
    if (wrong !== undefined) report(item, t('The namespace "{0}" {1}.', name ?? '', wrong));
  }
}

function checkTerm(term: MapNode, strict: boolean, { report }: RuleContext): void {
  for (const expression of mapsOf(term.get('matchExpressions'))) {
    const key = filledText(expression.get('key'));
    const problem = key === undefined ? undefined : qualifiedNameProblem(key);
    if (problem !== undefined)
      report(placeOf(expression, 'key'), t('The label\'s name "{0}" {1}.', key ?? '', problem));
    const operator = textOf(expression.get('operator')) ?? '';
    const values = itemsOf(expression.get('values'));
    const wrong = countProblem(operator, values.length);
    if (wrong !== undefined)
      report(keyPlace(expression, expression.has('values') ? 'values' : 'operator'), wrong);
    for (const value of strict ? values : []) {
      const text = textOf(value);
      const bad = text === undefined ? undefined : labelValueProblem(text);
      if (bad !== undefined)
        report(value, t('The label\'s value "{0}" {1}: no node can have it.', text ?? '', bad));
    }
  }
  for (const field of mapsOf(term.get('matchFields'))) {
    const key = filledText(field.get('key'));
    if (key !== undefined && key !== 'metadata.name')
      report(placeOf(field, 'key'), t('The only field of nodes to match is metadata.name.'));
    const values = itemsOf(field.get('values'));
    if (values.length !== 1) report(keyPlace(field, 'values'), t('A field is compared with one value.'));
    const name = key === 'metadata.name' ? textOf(values[0]) : undefined;
    const wrong = name === undefined ? undefined : subdomainProblem(name);
    if (wrong !== undefined && values[0])
      report(values[0], t('The node\'s name "{0}" {1}.', name ?? '', wrong));
  }
}

function countProblem(operator: string, count: number): string | undefined {
  if ((operator === 'In' || operator === 'NotIn') && count === 0)
    return t('The operator {0} needs at least one value.', operator);
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0)
    return t('The operator {0} takes no values.', operator);
  return (operator === 'Gt' || operator === 'Lt') && count !== 1
    ? t('The operator {0} takes one value.', operator)
    : undefined;
}
