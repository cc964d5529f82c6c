import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from '../service/serviceView.ts';

/** A Service that is reached from outside of the cluster. */
export const serviceExposed: Rule = {
  code: 'service-exposed',
  title: 'The Service is reached from outside of the cluster',
  severity: 'hint',
  opinion: true,
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.type !== 'NodePort' && service?.type !== 'LoadBalancer') return;
    report(
      placeOf(service.spec, 'type'),
      t(
        'A {0} Service is reached from outside of the cluster. An Ingress or a Gateway gives one way in for all.',
        service.type,
      ),
    );
  },
};
