import { t } from '../../base/l10n.ts';
import { integerOf, isSet, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The bounds of a HorizontalPodAutoscaler. */
export const autoscaler: Rule = {
  code: 'autoscaler-bounds',
  title: 'minReplicas is above maxReplicas, or one is not possible',
  severity: 'error',
  kinds: ['HorizontalPodAutoscaler'],
  check({ object, report }) {
    const spec = mapOf(object.at(['spec']));
    if (spec === undefined) return;
    const least = integerOf(spec.get('minReplicas'));
    const most = integerOf(spec.get('maxReplicas'));
    // minReplicas 0 is an alpha feature (HPAScaleToZero).
    if (isSet(spec.get('minReplicas')) && least !== undefined && least < 1)
      report(placeOf(spec, 'minReplicas'), t('minReplicas must be at least 1.'));
    if (most !== undefined && most < 1)
      report(placeOf(spec, 'maxReplicas'), t('maxReplicas must be at least 1.'));
    else if (most !== undefined && (least ?? 1) > most)
      report(
        placeOf(spec, 'maxReplicas'),
        t('maxReplicas ({0}) is less than minReplicas ({1}).', most, least ?? 1),
      );
  },
};
