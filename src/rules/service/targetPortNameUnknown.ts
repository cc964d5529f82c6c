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
      if (meant !== undefined) fixes.push(replaceFix(`Write ${meant}`, at, scalarText(meant), true));
      else if (number !== undefined) fixes.push(replaceFix(`Write ${number}`, at, String(number)));
      const has =
        names.length === 0
          ? 'none of its ports has a name'
          : `the ports are called ${[...new Set(names)].join(', ')}`;
      context.report(
        at,
        `No pod that this Service selects has a port named "${target}" (${listed(selected.map(({ facts }) => facts))}: ${has}). The Service gets no endpoint for it.`,
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
