import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** With hostNetwork the container is on the node itself: host port and container port are one. */
export const hostNetworkPort: Rule = {
  code: 'host-network-port',
  title: 'With hostNetwork, hostPort differs from containerPort',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod?.hostNetwork !== true) return;
    for (const port of pod.containers.filter((each) => each.list === 'containers').flatMap(portsOf)) {
      if (port.hostPort === 0 || port.number === undefined || port.hostPort === port.number) continue;
      report(
        placeOf(port.node, 'hostPort'),
        t(
          'With hostNetwork: true, hostPort ({0}) must be the same as containerPort ({1}). Leave it out.',
          port.hostPort,
          port.number,
        ),
        {
          fixes: removeFix(port.node, 'hostPort', true),
        },
      );
    }
  },
};
