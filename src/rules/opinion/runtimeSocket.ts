import { t } from '../../base/l10n.ts';
import { filledText, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const sockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/var/run/crio/crio.sock',
  '/var/run/containerd/containerd.sock',
];

/** The socket of the container runtime in a pod. */
export const runtimeSocket: Rule = {
  code: 'runtime-socket',
  title: 'The socket of the container runtime in a pod',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const source = mapOf(volume.get('hostPath'));
      const path = filledText(source?.get('path'));
      if (source && path !== undefined && sockets.includes(path))
        report(placeOf(source, 'path'), t('Who can talk to {0} controls every container of the node.', path));
    }
  },
};
