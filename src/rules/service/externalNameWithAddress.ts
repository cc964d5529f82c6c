import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { isFilled, isSet, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** An ExternalName Service has no cluster IP, and so no address families. */
export const externalNameWithAddress: Rule = {
  code: 'external-name-with-address',
  title: 'clusterIP or IP families on an ExternalName Service',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.type !== 'ExternalName') return;
    for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      const node = service.spec.get(key);
      if (!(key === 'ipFamilyPolicy' ? isSet(node) : isFilled(node))) continue;
      report(
        keyPlace(service.spec, key),
        t('An ExternalName Service is only a DNS alias: it cannot have {0}.', key),
        {
          fixes: removeFix(service.spec, key, true),
        },
      );
    }
  },
};
