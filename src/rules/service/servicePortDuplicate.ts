import { t } from '../../base/l10n.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { protocolOf, serviceView } from './serviceView.ts';

/** The same port and protocol twice in one Service. */
export const servicePortDuplicate: Rule = {
  code: 'service-port-duplicate',
  title: 'The same port and protocol twice',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const first = new Map<string, { start: number; end: number }>();
    for (const port of serviceView(object)?.ports ?? []) {
      const number = integerOf(port.get('port'));
      if (number === undefined) continue;
      const key = `${protocolOf(port)}/${number}`;
      const at = placeOf(port, 'port');
      const before = first.get(key);
      if (before === undefined) first.set(key, at);
      else
        report(
          at,
          t(
            'The Service has {0} port {1} twice. Change the number or the protocol, or remove one.',
            protocolOf(port),
            number,
          ),
          { related: [{ at: before, message: t('The first one') }] },
        );
    }
  },
};
