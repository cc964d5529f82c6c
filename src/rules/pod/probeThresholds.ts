import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { probesOf } from './probeViews.ts';

/** The numbers of a probe: none negative, and one success is enough for liveness and startup. */
export const probeThresholds: Rule = {
  code: 'probe-thresholds',
  title: 'A number of a probe is not allowed',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { kind, node } of probesOf(pod)) {
      for (const key of [
        'initialDelaySeconds',
        'timeoutSeconds',
        'periodSeconds',
        'successThreshold',
        'failureThreshold',
      ]) {
        const value = integerOf(node.get(key));
        if (value !== undefined && value < 0)
          report(placeOf(node, key), t('{0} cannot be negative.', key), { fixes: removeFix(node, key) });
      }
      const successes = integerOf(node.get('successThreshold'));
      // 0 is the default, which is 1.
      if (kind !== 'readinessProbe' && successes !== undefined && successes > 1) {
        report(
          placeOf(node, 'successThreshold'),
          t('successThreshold of a {0} must be 1: one success is enough.', kind),
          {
            fixes: [replaceFix(t('Write 1'), placeOf(node, 'successThreshold'), '1', true)],
          },
        );
      }
    }
  },
};
