import { t } from '../../base/l10n.ts';
import { portsOf } from '../pod/containerPorts.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Ports below 1024, on which programs listen only with a privilege. */
export const privilegedPort: Rule = {
  code: 'privileged-port',
  title: 'A container port below 1024',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const port of pod?.containers.flatMap(portsOf) ?? []) {
      if (port.number === undefined || port.number < 1 || port.number >= 1024) continue;
      report(
        placeOf(port.node, 'containerPort'),
        t(
          'Port {0} is privileged: programs that do not run as root may not be able to listen on it.',
          port.number,
        ),
      );
    }
  },
};
