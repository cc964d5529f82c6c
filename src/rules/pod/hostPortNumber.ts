import { t } from '../../base/l10n.ts';
import { isPortNumber } from '../formats.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** The number of a host port. */
export const hostPortNumber: Rule = {
  code: 'host-port-number',
  title: 'A hostPort is out of range',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { node, hostPort } of pod?.containers.flatMap(portsOf) ?? []) {
      if (hostPort !== 0 && !isPortNumber(hostPort)) {
        report(placeOf(node, 'hostPort'), t('{0} is not a port: ports go from 1 to 65535.', hostPort));
      }
    }
  },
};
