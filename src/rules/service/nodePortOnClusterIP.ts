import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix, insertFix } from '../edits.ts';
import { integerOf, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** A node port on a Service of type ClusterIP. */
export const nodePortOnClusterIP: Rule = {
  code: 'node-port-on-cluster-ip',
  title: 'A nodePort on a Service of type ClusterIP',
  severity: 'error',
  kinds: ['Service'],
  check({ object, text, report }) {
    const service = serviceView(object);
    if (service?.type !== 'ClusterIP') return;
    for (const port of service.ports) {
      const number = integerOf(port.get('nodePort'));
      if (number === undefined || number === 0) continue;
      const toNodePort = service.headless
        ? []
        : service.spec.has('type')
          ? [replaceFix(t('Make it type: NodePort'), placeOf(service.spec, 'type'), 'NodePort')]
          : insertFix(t('Add type: NodePort'), service.spec, 'type: NodePort', text);
      report(
        keyPlace(port, 'nodePort'),
        service.spec.has('type')
          ? t('A Service of type ClusterIP has no node ports. Write type: NodePort, or remove nodePort.')
          : t(
              'A Service of type ClusterIP (the default) has no node ports. Write type: NodePort, or remove nodePort.',
            ),
        {
          fixes: [...toNodePort, ...removeFix(port, 'nodePort')],
        },
      );
    }
  },
};
