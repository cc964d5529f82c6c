import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asPortName, portProblem } from '../formats.ts';
import { integerOf, isSet, placeOf, textOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** The target of a Service's port: a number, or the name of a container's port. */
export const serviceTargetPort: Rule = {
  code: 'service-target-port',
  title: 'A targetPort is neither a port nor a possible port name',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    for (const port of serviceView(object)?.ports ?? []) {
      const node = port.get('targetPort');
      const target = integerOf(node) ?? textOf(node);
      // Nothing, 0 and the empty text mean: the same as port.
      if (!isSet(node) || target === undefined || target === '' || target === 0) continue;
      const problem = portProblem(target);
      if (problem === undefined) continue;
      const at = placeOf(port, 'targetPort');
      if (typeof target === 'string' && /^\d+$/.test(target)) {
        report(
          at,
          t(
            'In quotes, {0} is a port name, and a port name needs a letter. Write the number without quotes.',
            target,
          ),
          {
            fixes: [replaceFix(t('Write {0}', target), at, target, true)],
          },
        );
        continue;
      }
      const better = typeof target === 'string' ? asPortName(target) : undefined;
      const fixes: FixDraft[] = better === undefined ? [] : [replaceFix(t('Write {0}', better), at, better)];
      report(
        at,
        typeof target === 'string'
          ? t('"{0}" cannot be the name of a container\'s port: it {1}.', target, problem)
          : `${target} ${problem}.`,
        { fixes },
      );
    }
  },
};
