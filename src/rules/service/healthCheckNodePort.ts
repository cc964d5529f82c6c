import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { isPortNumber } from '../formats.ts';
import { filledText, integerOf, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** healthCheckNodePort without what it checks: type LoadBalancer and externalTrafficPolicy Local. */
export const healthCheckNodePort: Rule = {
  code: 'health-check-node-port',
  title: 'healthCheckNodePort without LoadBalancer and Local',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    const number = integerOf(service?.spec.get('healthCheckNodePort'));
    if (service === undefined || number === undefined || number === 0) return;
    const { spec, type } = service;
    if (type !== 'LoadBalancer' || filledText(spec.get('externalTrafficPolicy')) !== 'Local') {
      report(
        keyPlace(spec, 'healthCheckNodePort'),
        t('healthCheckNodePort is only for type: LoadBalancer with externalTrafficPolicy: Local.'),
        {
          fixes: removeFix(spec, 'healthCheckNodePort', true),
        },
      );
    } else if (!isPortNumber(number)) {
      report(placeOf(spec, 'healthCheckNodePort'), t('{0} is not a port: ports go from 1 to 65535.', number));
    }
  },
};
