import { t } from '../../base/l10n.ts';
import { replaceFix, insertFix } from '../edits.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { selectedPods } from './selectedPods.ts';
import { protocolOf, serviceView, targetOf } from './serviceView.ts';

/** A named targetPort that exists, but for another protocol: a name is looked up together with its protocol. */
export const targetPortProtocol: Rule = {
  code: 'target-port-protocol',
  title: 'The named port of the pods has another protocol',
  severity: 'warning',
  kinds: ['Service'],
  check(context) {
    const service = serviceView(context.object);
    if (service === undefined || service.type === 'ExternalName') return;
    const ports = selectedPods(context).flatMap(({ pods }) => pods.ports);
    for (const port of service.ports) {
      const target = targetOf(port);
      const protocol = protocolOf(port);
      const named = ports.filter((each) => typeof target === 'string' && each.name === target);
      const other = named[0];
      if (other === undefined || named.some((each) => each.protocol === protocol)) continue;
      const fixes = port.has('protocol')
        ? [
            replaceFix(
              t('Write protocol: {0}', other.protocol),
              placeOf(port, 'protocol'),
              other.protocol,
              true,
            ),
          ]
        : insertFix(
            { title: t('Add protocol: {0}', other.protocol), preferred: true },
            port,
            `protocol: ${other.protocol}`,
            context.text,
            'port',
          );
      context.report(
        placeOf(port, 'targetPort'),
        t(
          'The pods\' port "{0}" is {1}, but this port of the Service is {2}: the Service gets no endpoint for it.',
          String(target),
          other.protocol,
          protocol,
        ),
        { fixes },
      );
    }
  },
};
