import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsRunningTogether, type ContainerPortView } from './containerPorts.ts';

/** One port name in two containers of a pod: a Service or probe by this name means one of them, by chance. */
export const portNameInTwoContainers: Rule = {
  code: 'port-name-in-two-containers',
  title: 'Two containers of a pod use the same port name',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const first = new Map<string, ContainerPortView>();
    for (const port of portsRunningTogether(pod)) {
      if (port.name === undefined) continue;
      const before = first.get(port.name);
      if (before === undefined) first.set(port.name, port);
      else if (before.container !== port.container && before.protocol === port.protocol) {
        report(
          placeOf(port.node, 'name'),
          t(
            'Containers {0} and {1} both name a port "{2}": a Service that targets this name takes the first one only. Use two names.',
            before.container.title,
            port.container.title,
            port.name,
          ),
          {
            related: [
              { at: placeOf(before.node, 'name'), message: t('In container {0}', before.container.title) },
            ],
          },
        );
      }
    }
  },
};
