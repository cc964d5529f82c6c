import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { integerOf, isSet, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { probesOf } from './probeViews.ts';

/** terminationGracePeriodSeconds of a probe: for those that end containers, and more than 0. */
export const probeGracePeriod: Rule = {
  code: 'probe-grace-period',
  title: 'A terminationGracePeriodSeconds that the probe cannot have',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { kind, node } of probesOf(pod)) {
      const period = node.get('terminationGracePeriodSeconds');
      const seconds = integerOf(period);
      if (!isSet(period)) continue;
      if (kind === 'readinessProbe') {
        report(
          keyPlace(node, 'terminationGracePeriodSeconds'),
          t('A readinessProbe never ends a container, so it has no terminationGracePeriodSeconds.'),
          {
            fixes: removeFix(node, 'terminationGracePeriodSeconds', true),
          },
        );
      } else if (seconds !== undefined && seconds <= 0) {
        report(
          placeOf(node, 'terminationGracePeriodSeconds'),
          t('terminationGracePeriodSeconds must be more than 0.'),
          {
            fixes: removeFix(node, 'terminationGracePeriodSeconds'),
          },
        );
      }
    }
  },
};
