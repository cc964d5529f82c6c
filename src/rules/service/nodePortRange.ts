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
        title: 'Remove nodePort: the cluster then picks one',
      }));
      const where = cluster.nodePorts
        ? 'range of this cluster'
        : 'default range; a cluster refuses it unless its range was changed';
      report(placeOf(port, 'nodePort'), `Node port ${number} is outside of ${first}–${last}, the ${where}.`, {
        severity: cluster.nodePorts ? 'error' : 'warning',
        fixes,
      });
    }
  },
};
