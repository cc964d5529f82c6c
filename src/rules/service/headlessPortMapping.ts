import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** A headless Service does not translate ports: DNS gives the pods' addresses, and clients use targetPort. */
export const headlessPortMapping: Rule = {
  code: 'headless-port-mapping',
  title: 'A headless Service maps no ports',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.headless !== true) return;
    for (const port of service.ports) {
      const from = integerOf(port.get('port'));
      const to = integerOf(port.get('targetPort'));
      if (from === undefined || to === undefined || to === 0 || from === to) continue;
      report(
        placeOf(port, 'port'),
        t(
          'A headless Service does not map ports: clients reach the pods on {0}, never on {1}. Write port: {0}.',
          to,
          from,
        ),
        {
          fixes: [replaceFix(t('Write port: {0}', to), placeOf(port, 'port'), String(to))],
        },
      );
    }
  },
};
