import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { isFilled, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** externalTrafficPolicy on a Service that nothing outside of the cluster reaches. */
export const externalTrafficPolicy: Rule = {
  code: 'external-traffic-policy',
  title: 'externalTrafficPolicy on a Service without external traffic',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service === undefined || !isFilled(service.spec.get('externalTrafficPolicy'))) return;
    const { spec, type } = service;
    const external =
      type === 'NodePort' ||
      type === 'LoadBalancer' ||
      (type === 'ClusterIP' && isFilled(spec.get('externalIPs')));
    if (external) return;
    report(
      keyPlace(spec, 'externalTrafficPolicy'),
      t(
        'externalTrafficPolicy is only for Services that are reached from outside: NodePort, LoadBalancer, or with externalIPs. This one is {0}.',
        type,
      ),
      {
        fixes: removeFix(spec, 'externalTrafficPolicy', true),
      },
    );
  },
};
