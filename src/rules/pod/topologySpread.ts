import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { qualifiedNameProblem } from '../formats.ts';
import {
  entriesOf,
  filledText,
  integerOf,
  isFilled,
  isSet,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
  textOf,
} from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Constraints on how pods spread over zones and nodes. */
export const topologySpread: Rule = {
  code: 'topology-spread',
  title: 'A topology spread constraint that is not possible, or matches nothing',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    const seen = new Set<string>();
    for (const constraint of mapsOf(pod?.spec.get('topologySpreadConstraints'))) {
      const skew = integerOf(constraint.get('maxSkew'));
      if (skew !== undefined && skew < 1)
        report(placeOf(constraint, 'maxSkew'), t('maxSkew must be at least 1.'));
      const action = filledText(constraint.get('whenUnsatisfiable'));
      const domains = integerOf(constraint.get('minDomains'));
      if (domains !== undefined && domains < 1)
        report(placeOf(constraint, 'minDomains'), t('minDomains must be at least 1.'));
      if (isSet(constraint.get('minDomains')) && action !== undefined && action !== 'DoNotSchedule') {
        report(
          keyPlace(constraint, 'minDomains'),
          t('minDomains is only for whenUnsatisfiable: DoNotSchedule.'),
        );
      }
      const key = `${filledText(constraint.get('topologyKey')) ?? ''} ${action ?? ''}`;
      if (seen.has(key))
        report(
          keyPlace(constraint, 'topologyKey'),
          t('There is another constraint with this topologyKey and whenUnsatisfiable.'),
        );
      seen.add(key);
      checkKeys(constraint, report);
      if (isSet(constraint.get('labelSelector'))) continue;
      if (isFilled(constraint.get('matchLabelKeys')))
        report(keyPlace(constraint, 'matchLabelKeys'), t('matchLabelKeys needs a labelSelector.'));
      else
        report(
          keyPlace(constraint, 'topologyKey'),
          t('Without labelSelector the constraint counts no pods, and so spreads none.'),
          { severity: 'warning' },
        );
    }
  },
};

/** matchLabelKeys are names of labels that the selector does not have already. */
function checkKeys(owner: MapNode, report: RuleContext['report']): void {
  const selector = mapOf(owner.get('labelSelector'));
  const selected = new Set([
    ...entriesOf(selector?.get('matchLabels')).map((entry) => entry.key.value),
    ...mapsOf(selector?.get('matchExpressions')).map((expression) => textOf(expression.get('key'))),
  ]);
  for (const item of itemsOf(owner.get('matchLabelKeys'))) {
    const key = textOf(item);
    if (key === undefined) continue;
    const problem = qualifiedNameProblem(key);
    if (problem !== undefined) report(item, t('The label\'s name "{0}" {1}.', key, problem));
    else if (selected.has(key)) report(item, t('The labelSelector has {0} already.', key));
  }
}
