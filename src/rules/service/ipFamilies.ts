import { t } from '../../base/l10n.ts';
import { filledText, itemsOf, keyPlace, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** ipFamilies: each once, in the order of the cluster IPs, and no two for a single-stack Service. */
export const ipFamilies: Rule = {
  code: 'ip-families',
  title: 'The IP families contradict each other',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service === undefined || service.type === 'ExternalName') return;
    const { spec } = service;
    const items = itemsOf(spec.get('ipFamilies'));
    const families = items.map((item) => textOf(item));
    families.forEach((family, index) => {
      const item = items[index];
      if (item && family !== undefined && families.indexOf(family) < index)
        report(item, t('{0} is here twice.', family));
    });
    if (families.length > 1 && filledText(spec.get('ipFamilyPolicy')) === 'SingleStack') {
      report(
        keyPlace(spec, 'ipFamilies'),
        t('A SingleStack Service has one IP family. Remove one, or write ipFamilyPolicy: PreferDualStack.'),
      );
    }
    const addresses = itemsOf(spec.get('clusterIPs')).map((item) => textOf(item));
    if (addresses.length === 0) addresses.push(service.clusterIP);
    addresses.forEach((address, index) => {
      const family = families[index];
      const item = items[index];
      if (address === undefined || address === 'None' || family === undefined || item === undefined) return;
      if ((family === 'IPv6') !== address.includes(':'))
        report(item, t('The cluster IP {0} is not of the family {1}.', address, family));
    });
  },
};
