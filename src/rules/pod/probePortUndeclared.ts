import { replaceFix } from '../edits.ts';
import { portNameProblem } from '../formats.ts';
import { nearest } from '../nearest.ts';
import { mapOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';
import { probesOf } from './probeViews.ts';

/** A probe by a port name that its container does not have: the kubelet fails the probe. */
export const probePortUndeclared: Rule = {
  code: 'probe-port-undeclared',
  title: 'A probe by a port name that the container does not declare',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { kind, node, container } of probesOf(pod)) {
      for (const handler of ['httpGet', 'tcpSocket']) {
        const action = mapOf(node.get(handler));
        const name = textOf(action?.get('port'));
        if (action === undefined || name === undefined || portNameProblem(name) !== undefined) continue;
        const names = portsOf(container).flatMap((port) => port.name ?? []);
        if (names.includes(name)) continue;
        const meant = nearest(name, names) ?? (names.length === 1 ? names[0] : undefined);
        const has =
          names.length === 0 ? 'none of its ports has a name' : `its ports are called ${names.join(', ')}`;
        report(
          placeOf(action, 'port'),
          `Container ${container.title} has no port named "${name}" (${has}): the ${kind} always fails.`,
          {
            fixes:
              meant === undefined ? [] : [replaceFix(`Write ${meant}`, placeOf(action, 'port'), meant, true)],
          },
        );
      }
    }
  },
};
