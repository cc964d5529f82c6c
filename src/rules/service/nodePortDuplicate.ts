import { t } from '../../base/l10n.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { protocolOf, serviceView } from './serviceView.ts';

/** The same node port and protocol twice, in one Service or in two. */
export const nodePortDuplicate: Rule = {
  code: 'node-port-duplicate',
  title: 'The same node port twice',
  severity: 'error',
  kinds: ['Service'],
  check({ object, neighbours, report }) {
    const first = new Map<string, { start: number; end: number }>();
    for (const port of serviceView(object)?.ports ?? []) {
      const number = integerOf(port.get('nodePort'));
      if (number === undefined || number === 0) continue;
      const key = `${protocolOf(port)}/${number}`;
      const at = placeOf(port, 'nodePort');
      const before = first.get(key);
      if (before) {
        report(at, t('This Service asks for node port {0} ({1}) twice.', number, protocolOf(port)), {
          related: [{ at: before, message: t('The first one') }],
        });
        continue;
      }
      first.set(key, at);
      // Node ports belong to the whole cluster, so Services of every namespace count.
      const other = neighbours
        .withNodePort(key)
        .find((facts) => facts !== neighbours.self && !sameObject(facts, neighbours.self));
      if (other) {
        report(
          at,
          t(
            'Node port {0} is already asked for by Service {1}; the cluster gives a node port to one Service only.',
            number,
            other.name,
          ),
          {
            severity: 'warning',
            related: other.place ? [{ at: other.place, message: t('Service {0}', other.name) }] : [],
          },
        );
      }
    }
  },
};

/** The same Service, seen in another file or in the cluster. */
function sameObject(
  a: { name: string; namespace: string | undefined },
  b: { name: string; namespace: string | undefined },
): boolean {
  return a.name === b.name && (a.namespace ?? b.namespace) === (b.namespace ?? a.namespace);
}
