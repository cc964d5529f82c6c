import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** clusterIP None together with NodePort or LoadBalancer, which need a cluster IP. */
export const headlessWithType: Rule = {
  code: 'headless-with-type',
  title: 'clusterIP None on a NodePort or LoadBalancer Service',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.clusterIP !== 'None' || (service.type !== 'NodePort' && service.type !== 'LoadBalancer'))
      return;
    const key = service.spec.has('clusterIP') ? 'clusterIP' : 'clusterIPs';
    report(
      placeOf(service.spec, key),
      t(
        'A {0} Service needs a cluster IP, so {1} cannot be None. Remove it, or make the Service type ClusterIP.',
        service.type,
        key,
      ),
      {
        fixes: [
          ...removeFix(service.spec, key),
          replaceFix(t('Make it type: ClusterIP'), placeOf(service.spec, 'type'), 'ClusterIP'),
        ],
      },
    );
  },
};
