import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf, type ContainerPortView } from './containerPorts.ts';

/** One host port on all addresses of the node and on one of them: the first includes the second. */
export const hostPortPartlyBound: Rule = {
  code: 'host-port-partly-bound',
  title: 'The same hostPort on all addresses and on one',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    const containers = pod?.containers.filter((container) => container.list === 'containers') ?? [];
    const seen: ContainerPortView[] = [];
    for (const port of containers.flatMap(portsOf)) {
      if (port.hostPort === 0) continue;
      const other = seen.find(
        (each) =>
          each.hostPort === port.hostPort &&
          each.protocol === port.protocol &&
          isAny(each.hostIP) !== isAny(port.hostIP),
      );
      if (other) {
        report(
          placeOf(port.node, 'hostPort'),
          t(
            'Host port {0} is asked for on all addresses of the node and on {1}: one of the two cannot be bound.',
            port.hostPort,
            port.hostIP ?? other.hostIP ?? '',
          ),
          {
            related: [{ at: placeOf(other.node, 'hostPort'), message: t('The other one') }],
          },
        );
      }
      seen.push(port);
    }
  },
};

function isAny(address: string | undefined): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::';
}
