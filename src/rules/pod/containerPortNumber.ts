import { t } from '../../base/l10n.ts';
import { isPortNumber } from '../formats.ts';
import { firstOf, isSet, placeOf } from '../read.ts';
import { replaceFix } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** The number of a container's port. */
export const containerPortNumber: Rule = {
  code: 'container-port-number',
  title: 'A container port is missing or out of range',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const port of pod?.containers.flatMap(portsOf) ?? []) {
      if (port.number !== undefined && port.number !== 0) {
        if (!isPortNumber(port.number))
          report(
            placeOf(port.node, 'containerPort'),
            t('{0} is not a port: ports go from 1 to 65535.', port.number),
          );
        continue;
      }
      if (port.number === undefined && isSet(port.node.get('containerPort'))) continue;
      const misnamed = port.node.entry('port') ?? port.node.entry('containerport');
      const at = port.node.entry('containerPort')?.key ?? firstOf(port.node);
      report(at, t('This port of container {0} has no containerPort.', port.container.title), {
        fixes: misnamed
          ? [replaceFix(t('Rename to containerPort'), misnamed.key, 'containerPort', true)]
          : [],
      });
    }
  },
};
