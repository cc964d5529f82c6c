import { t } from '../../base/l10n.ts';
import { insertFix } from '../edits.ts';
import { filledText, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** With hostNetwork, ClusterFirst falls back to the node's DNS: Service names are not found. */
export const hostNetworkDns: Rule = {
  code: 'host-network-dns',
  title: 'hostNetwork with a dnsPolicy that does not find Services',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, text, report }) {
    if (pod?.hostNetwork !== true) return;
    const { spec } = pod;
    const policy = filledText(spec.get('dnsPolicy')) ?? 'ClusterFirst';
    if (policy !== 'ClusterFirst') return;
    report(
      keyPlace(spec, 'hostNetwork'),
      t(
        'With hostNetwork: true, dnsPolicy ClusterFirst uses the DNS of the node, which does not know Services. Write dnsPolicy: ClusterFirstWithHostNet if the pod talks to Services.',
      ),
      {
        fixes: spec.has('dnsPolicy')
          ? []
          : insertFix(
              { title: t('Add dnsPolicy: ClusterFirstWithHostNet'), preferred: true },
              spec,
              'dnsPolicy: ClusterFirstWithHostNet',
              text,
              'hostNetwork',
            ),
      },
    );
  },
};
