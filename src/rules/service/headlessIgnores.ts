import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { filledText, isFilled, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** Fields that need a cluster IP and are ignored on a headless Service. */
export const headlessIgnores: Rule = {
  code: 'headless-ignores',
  title: 'A field that a headless Service ignores',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.headless !== true) return;
    for (const key of ['sessionAffinity', 'externalIPs', 'loadBalancerIP']) {
      if (!isFilled(service.spec.get(key)) || filledText(service.spec.get(key)) === 'None') continue;
      report(
        keyPlace(service.spec, key),
        t('A headless Service (clusterIP: None) ignores {0}: its clients talk to the pods themselves.', key),
        {
          fixes: removeFix(service.spec, key, true),
        },
      );
    }
  },
};
