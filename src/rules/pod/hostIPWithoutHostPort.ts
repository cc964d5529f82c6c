import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** hostIP says at which address of the node hostPort is opened; alone it does nothing. */
export const hostIPWithoutHostPort: Rule = {
  code: 'host-ip-without-host-port',
  title: 'hostIP without hostPort',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const port of pod?.containers.flatMap(portsOf) ?? []) {
      if (port.hostIP === undefined || port.hostPort !== 0 || pod?.hostNetwork === true) continue;
      report(keyPlace(port.node, 'hostIP'), t('hostIP does nothing without hostPort.'), {
        fixes: removeFix(port.node, 'hostIP', true),
      });
    }
  },
};
