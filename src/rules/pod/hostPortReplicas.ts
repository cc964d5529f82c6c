import { t } from '../../base/l10n.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** A host port is there once a node: more replicas than nodes stay pending. */
export const hostPortReplicas: Rule = {
  code: 'host-port-replicas',
  title: 'A hostPort with several replicas',
  severity: 'warning',
  kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'],
  check({ object, pod, report }) {
    const replicas = integerOf(object.at(['spec', 'replicas'])) ?? 1;
    if (replicas < 2) return;
    const port = pod?.containers.flatMap(portsOf).find((each) => each.hostPort !== 0);
    if (!port) return;
    report(
      placeOf(port.node, 'hostPort'),
      t(
        'Only one pod a node can have host port {0}: {1} replicas need {1} nodes, the others stay Pending. Use a Service, or a DaemonSet.',
        port.hostPort,
        replicas,
      ),
    );
  },
};
