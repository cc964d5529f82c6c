import { t } from '../../base/l10n.ts';
import { filledText, isSet, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A variable that is set twice: the last one counts, and `kubectl apply` may drop either. */
export const duplicateVariable: Rule = {
  code: 'duplicate-variable',
  title: 'An environment variable is set twice',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const first = new Map<string, { start: number; end: number }>();
      for (const variable of mapsOf(container.node.get('env'))) {
        const name = filledText(variable.get('name'));
        if (name === undefined) continue;
        const at = placeOf(variable, 'name');
        const before = first.get(name);
        const value = textOf(variable.get('value')) ?? '';
        // PATH="$(PATH):/bin" builds on the first one, and is meant so.
        const builds =
          value.includes(`$(${name})`) && value !== `$(${name})` && !isSet(variable.get('valueFrom'));
        if (before === undefined) first.set(name, at);
        else if (!builds)
          report(at, t('Container {0} sets {1} twice: the last one counts.', container.title, name), {
            related: [{ at: before, message: t('The first one') }],
          });
      }
    }
  },
};
