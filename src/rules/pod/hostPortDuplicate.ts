import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf, type ContainerPortView } from './containerPorts.ts';

/** The same host port, protocol and host IP twice in a pod. */
export const hostPortDuplicate: Rule = {
  code: 'host-port-duplicate',
  title: 'The same hostPort twice in a pod',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    // Init containers run one by one: the server compares each with itself only.
    const groups = [
      pod.containers.filter((container) => container.list === 'containers'),
      ...pod.containers
        .filter((container) => container.list === 'initContainers')
        .map((container) => [container]),
    ];
    for (const group of groups) {
      const first = new Map<string, ContainerPortView>();
      for (const port of group.flatMap(portsOf)) {
        const hostPort = hostPortOf(port, pod.hostNetwork && pod.isPod);
        if (hostPort === 0) continue;
        const key = `${port.protocol}/${port.hostIP ?? ''}/${hostPort}`;
        const before = first.get(key);
        if (before === undefined) first.set(key, port);
        else {
          report(
            placeOf(port.node, port.hostPort === 0 ? 'containerPort' : 'hostPort'),
            t(
              'The pod asks for host port {0} ({1}) twice; a node can give it once.',
              hostPort,
              port.protocol,
            ),
            {
              related: [
                {
                  at: placeOf(before.node, before.hostPort === 0 ? 'containerPort' : 'hostPort'),
                  message: t('The first one'),
                },
              ],
            },
          );
        }
      }
    }
  },
};

/** With hostNetwork, the server sets the host port of a Pod's ports to the container port. */
function hostPortOf(port: ContainerPortView, defaulted: boolean): number {
  return port.hostPort === 0 && defaulted ? (port.number ?? 0) : port.hostPort;
}
