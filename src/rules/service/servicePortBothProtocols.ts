import { t } from '../../base/l10n.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { protocolOf, serviceView } from './serviceView.ts';

/** The same port for TCP and UDP: `kubectl apply` merges ports by number and may lose one. */
export const servicePortBothProtocols: Rule = {
  code: 'service-port-both-protocols',
  title: 'The same port number for two protocols',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, report }) {
    const first = new Map<number, { protocol: string; at: { start: number; end: number } }>();
    for (const port of serviceView(object)?.ports ?? []) {
      const number = integerOf(port.get('port'));
      if (number === undefined) continue;
      const at = placeOf(port, 'port');
      const before = first.get(number);
      if (before === undefined) first.set(number, { protocol: protocolOf(port), at });
      else if (before.protocol !== protocolOf(port)) {
        report(
          at,
          t(
            'Port {0} is here for {1} and for {2}: a client-side "kubectl apply" matches ports by their number and drops one when they change. Use "kubectl apply --server-side".',
            number,
            before.protocol,
            protocolOf(port),
          ),
          {
            related: [{ at: before.at, message: t('Port {0} for {1}', number, before.protocol) }],
          },
        );
      }
    }
  },
};
