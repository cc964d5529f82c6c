import { t } from '../../base/l10n.ts';
import { filledText, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const sensitive = [
  '/',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/sys',
  '/usr',
  '/var/lib/kubelet',
  '/root',
  '/home',
];
/** A directory of the node that decides over the node. */
export const sensitiveHostMount: Rule = {
  code: 'sensitive-host-mount',
  title: 'A hostPath of a directory that decides over the node',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const source = mapOf(volume.get('hostPath'));
      const path = filledText(source?.get('path'));
      if (source && path !== undefined && sensitive.includes(path.replace(/\/+$/, '') || '/'))
        report(
          placeOf(source, 'path'),
          t('{0} of the node decides over the node: who can write there owns it.', path),
        );
    }
  },
};
