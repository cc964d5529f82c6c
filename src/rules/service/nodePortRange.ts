import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/**
 * A node port outside of the server's range. The range is a setting of the server, and a dry run does not tell:
 * so this is an error only where the range is known.
 */
export const nodePortRange: Rule = {
  code: 'node-port-range',
  title: 'A nodePort outside of the range of node ports',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, cluster, report }) {
    const service = serviceView(object);
    if (service === undefined || (service.type !== 'NodePort' && service.type !== 'LoadBalancer')) return;
    const { first, last } = cluster.nodePorts ?? { first: 30_000, last: 32_767 };
    for (const port of service.ports) {
      const number = integerOf(port.get('nodePort'));
      if (number === undefined || number === 0 || (number >= first && number <= last)) continue;
      const fixes = removeFix(port, 'nodePort').map((fix) => ({
        ...fix,
        title: t('Remove nodePort: the cluster then picks one'),
      }));
      report(
        placeOf(port, 'nodePort'),
        cluster.nodePorts
          ? t('Node port {0} is outside of {1}–{2}, the range of this cluster.', number, first, last)
          : t(
              'Node port {0} is outside of {1}–{2}, the default range; a cluster refuses it unless its range was changed.',
              number,
              first,
              last,
            ),
        {
          severity: cluster.nodePorts ? 'error' : 'warning',
          fixes,
        },
      );
    }
  },
};
