import { t } from '../../base/l10n.ts';
import { filledText, integerOf, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** How fast a HorizontalPodAutoscaler scales (validateScalingRules, in seconds). */
export const autoscalerBehavior: Rule = {
  code: 'autoscaler-behavior',
  title: 'A scaling policy of an autoscaler that is out of range',
  severity: 'error',
  kinds: ['HorizontalPodAutoscaler'],
  check({ object, report }) {
    for (const direction of ['scaleUp', 'scaleDown']) {
      const rules = mapOf(object.at(['spec', 'behavior', direction]));
      if (rules === undefined) continue;
      const window = integerOf(rules.get('stabilizationWindowSeconds'));
      if (window !== undefined && (window < 0 || window > 3600))
        report(
          placeOf(rules, 'stabilizationWindowSeconds'),
          t('stabilizationWindowSeconds goes from 0 to 3600.'),
        );
      const select = filledText(rules.get('selectPolicy'));
      if (select !== undefined && !['Max', 'Min', 'Disabled'].includes(select))
        report(placeOf(rules, 'selectPolicy'), t('selectPolicy is Max, Min or Disabled, not "{0}".', select));
      const policies = rules.get('policies');
      if (policies?.type === 'list' && policies.items.length === 0)
        report(keyPlace(rules, 'policies'), t('policies needs at least one policy.'));
      for (const policy of mapsOf(rules.get('policies'))) {
        const type = filledText(policy.get('type'));
        if (type !== undefined && type !== 'Pods' && type !== 'Percent')
          report(placeOf(policy, 'type'), t('A policy\'s type is Pods or Percent, not "{0}".', type));
        const value = integerOf(policy.get('value'));
        if (value !== undefined && value < 1)
          report(placeOf(policy, 'value'), t('value must be at least 1.'));
        const period = integerOf(policy.get('periodSeconds'));
        if (period !== undefined && (period < 1 || period > 1800))
          report(placeOf(policy, 'periodSeconds'), t('periodSeconds goes from 1 to 1800.'));
      }
    }
  },
};
