import { t } from '../../base/l10n.ts';
import { portsOf } from '../pod/containerPorts.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** SSH in a container. */
export const sshPort: Rule = {
  code: 'ssh-port',
  title: 'A container port for SSH',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const port of pod?.containers.flatMap(portsOf) ?? []) {
      if (port.number === 22 && port.protocol === 'TCP')
        report(
          placeOf(port.node, 'containerPort'),
          t('Port 22 is for SSH: kubectl exec needs none in the container.'),
        );
    }
  },
};
