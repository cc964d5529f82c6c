import { t } from '../../base/l10n.ts';
import { addressProblem, specialAddressProblem } from '../addresses.ts';
import { isFilled, itemsOf, keyPlace, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** externalIPs: must be addresses that others can reach; deprecated since 1.36. */
export const externalIPs: Rule = {
  code: 'external-ips',
  title: 'externalIPs are deprecated, or not usable addresses',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, cluster, report }) {
    const service = serviceView(object);
    if (service === undefined || !isFilled(service.spec.get('externalIPs'))) return;
    const { spec, headless, type } = service;
    for (const item of itemsOf(spec.get('externalIPs'))) {
      const address = textOf(item);
      if (address === undefined) continue;
      const problem = addressProblem(address) ?? specialAddressProblem(address);
      if (problem !== undefined)
        report(item, t('The external IP "{0}" {1}.', address, problem), { severity: 'error' });
    }
    if (headless || (cluster.minorVersion ?? 36) < 36) return;
    const message =
      type === 'ExternalName'
        ? t('externalIPs are ignored on an ExternalName Service.')
        : t(
            'externalIPs are deprecated since 1.36 and may not work in some clusters. Use type: LoadBalancer, a Gateway or an Ingress.',
          );
    report(keyPlace(spec, 'externalIPs'), message);
  },
};
