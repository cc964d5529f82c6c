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
        report(at, `This Service asks for node port ${number} (${protocolOf(port)}) twice.`, {
          related: [{ at: before, message: 'The first one' }],
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
          `Node port ${number} is already asked for by Service ${other.name}; the cluster gives a node port to one Service only.`,
          {
            severity: 'warning',
            related: other.place ? [{ at: other.place, message: `Service ${other.name}` }] : [],
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
