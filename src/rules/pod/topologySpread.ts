import { filledText, integerOf, isFilled, isSet, keyPlace, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

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
        report(placeOf(constraint, 'maxSkew'), 'maxSkew must be at least 1.');
      const action = filledText(constraint.get('whenUnsatisfiable'));
      const domains = integerOf(constraint.get('minDomains'));
      if (domains !== undefined && domains < 1)
        report(placeOf(constraint, 'minDomains'), 'minDomains must be at least 1.');
      if (isSet(constraint.get('minDomains')) && action !== undefined && action !== 'DoNotSchedule') {
        report(
          keyPlace(constraint, 'minDomains'),
          'minDomains is only for whenUnsatisfiable: DoNotSchedule.',
        );
      }
      const key = `${filledText(constraint.get('topologyKey')) ?? ''} ${action ?? ''}`;
      if (seen.has(key))
        report(
          keyPlace(constraint, 'topologyKey'),
          'There is another constraint with this topologyKey and whenUnsatisfiable.',
        );
      seen.add(key);
      if (isSet(constraint.get('labelSelector'))) continue;
      if (isFilled(constraint.get('matchLabelKeys')))
        report(keyPlace(constraint, 'matchLabelKeys'), 'matchLabelKeys needs a labelSelector.');
      else
        report(
          keyPlace(constraint, 'topologyKey'),
          'Without labelSelector the constraint counts no pods, and so spreads none.',
          { severity: 'warning' },
        );
    }
  },
};
