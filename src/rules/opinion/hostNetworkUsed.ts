import { t } from '../../base/l10n.ts';
import { keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A pod in the network of its node: network policies and Services do not see it as a pod. */
export const hostNetworkUsed: Rule = {
  code: 'host-network-used',
  title: 'The pod uses the network of its node',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    if (pod?.hostNetwork !== true) return;
    report(
      keyPlace(pod.spec, 'hostNetwork'),
      t('With hostNetwork the pod sees all traffic of its node, and network policies do not apply to it.'),
    );
  },
};
