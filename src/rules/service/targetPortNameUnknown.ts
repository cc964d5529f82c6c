import { t } from '../../base/l10n.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { portNameProblem } from '../formats.ts';
import { nearest } from '../nearest.ts';
import { placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { listed, selectedPods } from './selectedPods.ts';
import { serviceView, targetOf } from './serviceView.ts';

/** A targetPort by a name that no selected pod gives to a port: the Service has no endpoint for it. */
export const targetPortNameUnknown: Rule = {
  code: 'target-port-name-unknown',
  title: 'A targetPort by a name that no selected pod has',
  severity: 'warning',
  kinds: ['Service'],
  check(context) {
    const service = serviceView(context.object);
    if (service === undefined || service.type === 'ExternalName') return;
    const selected = selectedPods(context);
    if (selected.length === 0) return;
    const names = selected
      .flatMap(({ pods }) => pods.ports.map((port) => port.name))
      .filter((name) => name !== '');
    for (const port of service.ports) {
      const target = targetOf(port);
      if (typeof target !== 'string' || portNameProblem(target) !== undefined || names.includes(target))
        continue;
      const at = placeOf(port, 'targetPort');
      const meant = nearest(target, names) ?? (new Set(names).size === 1 ? names[0] : undefined);
      const number = selected.flatMap(({ pods }) => pods.ports).find((each) => each.number > 0)?.number;
      const fixes: FixDraft[] = [];
      if (meant !== undefined) fixes.push(replaceFix(t('Write {0}', meant), at, scalarText(meant), true));
      else if (number !== undefined) fixes.push(replaceFix(t('Write {0}', number), at, String(number)));
      const pods = listed(selected.map(({ facts }) => facts));
      context.report(
        at,
        names.length === 0
          ? t(
              'No pod that this Service selects has a port named "{0}" ({1}: none of its ports has a name). The Service gets no endpoint for it.',
              target,
              pods,
            )
          : t(
              'No pod that this Service selects has a port named "{0}" ({1}: the ports are called {2}). The Service gets no endpoint for it.',
              target,
              pods,
              [...new Set(names)].join(', '),
            ),
        {
          fixes,
          related: selected.flatMap(({ facts }) =>
            facts.place ? [{ at: facts.place, message: `${facts.kind} ${facts.name}` }] : [],
          ),
        },
      );
    }
  },
};
