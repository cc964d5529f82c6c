import { t } from '../../base/l10n.ts';
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
        report(
          placeOf(action, 'port'),
          names.length === 0
            ? t(
                'Container {0} has no port named "{1}" (none of its ports has a name): the {2} always fails.',
                container.title,
                name,
                kind,
              )
            : t(
                'Container {0} has no port named "{1}" (its ports are called {3}): the {2} always fails.',
                container.title,
                name,
                kind,
                names.join(', '),
              ),
          {
            fixes:
              meant === undefined
                ? []
                : [replaceFix(t('Write {0}', meant), placeOf(action, 'port'), meant, true)],
          },
        );
      }
    }
  },
};
