import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { integerOf, placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { selectedPods } from './selectedPods.ts';
import { protocolOf, serviceView, targetOf } from './serviceView.ts';

/** A numeric targetPort that no selected pod declares. It may still work: declaring ports is optional. */
export const targetPortUndeclared: Rule = {
  code: 'target-port-undeclared',
  title: 'A targetPort that no selected pod declares',
  severity: 'hint',
  kinds: ['Service'],
  check(context) {
    const service = serviceView(context.object);
    if (service === undefined || service.type === 'ExternalName') return;
    const selected = selectedPods(context);
    // Pods that declare no port at all say nothing about the ports they listen on.
    if (selected.length === 0 || selected.some(({ pods }) => pods.ports.length === 0)) return;
    const declared = selected.flatMap(({ pods }) => pods.ports);
    for (const port of service.ports) {
      const target = targetOf(port);
      const protocol = protocolOf(port);
      if (typeof target !== 'number' || target === 0) continue;
      if (declared.some((each) => each.number === target && each.protocol === protocol)) continue;
      const numbers = [
        ...new Set(declared.filter((each) => each.protocol === protocol).map((each) => each.number)),
      ];
      const written = integerOf(port.get('targetPort')) === target;
      const only = numbers.length === 1 ? numbers[0] : undefined;
      const fixes: FixDraft[] =
        written && only !== undefined
          ? [replaceFix(t('Write {0}', only), placeOf(port, 'targetPort'), String(only))]
          : [];
      context.report(
        placeOf(port, written ? 'targetPort' : 'port'),
        numbers.length === 0
          ? t(
              'The pods that this Service selects declare no {0} port, not {1}. It works only if they listen on {1} all the same.',
              protocol,
              target,
            )
          : t(
              'The pods that this Service selects declare only {0}, not {1}. It works only if they listen on {1} all the same.',
              numbers.join(', '),
              target,
            ),
        { fixes },
      );
    }
  },
};
