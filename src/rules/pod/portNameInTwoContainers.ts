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
          `Containers ${before.container.title} and ${port.container.title} both name a port "${port.name}": a Service that targets this name takes the first one only. Use two names.`,
          {
            related: [
              { at: placeOf(before.node, 'name'), message: `In container ${before.container.title}` },
            ],
          },
        );
      }
    }
  },
};
