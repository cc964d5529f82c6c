import { t } from '../../base/l10n.ts';
import { isSet, keyPlace, mapOf, placeOf } from '../read.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { amountProblem } from './updateStrategy.ts';

/** A PodDisruptionBudget: either how many must stay, or how many may go. */
export const disruptionBudget: Rule = {
  code: 'disruption-budget',
  title: 'A PodDisruptionBudget with contradicting or wrong numbers',
  severity: 'error',
  kinds: ['PodDisruptionBudget'],
  check({ object, report }) {
    const spec = mapOf(object.at(['spec']));
    if (spec === undefined) return;
    if (isSet(spec.get('minAvailable')) && isSet(spec.get('maxUnavailable'))) {
      report(
        keyPlace(spec, 'maxUnavailable'),
        t('A PodDisruptionBudget has minAvailable or maxUnavailable, not both.'),
        { fixes: removeFix(spec, 'maxUnavailable') },
      );
    }
    for (const key of ['minAvailable', 'maxUnavailable']) {
      const problem = amountProblem(spec.get(key), true);
      if (problem !== undefined) report(placeOf(spec, key), `${key} ${problem}.`);
    }
  },
};
