import { t } from '../../base/l10n.ts';
import { filledText, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** resizePolicy: what happens when CPU or memory of a running container change. */
export const resizePolicy: Rule = {
  code: 'resize-policy',
  title: 'A resizePolicy that is not possible',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    const never = filledText(pod?.spec.get('restartPolicy')) === 'Never';
    for (const container of pod?.containers ?? []) {
      const seen = new Set<string>();
      for (const policy of mapsOf(container.node.get('resizePolicy'))) {
        const resource = filledText(policy.get('resourceName'));
        if (resource === undefined) continue;
        if (resource !== 'cpu' && resource !== 'memory')
          report(
            placeOf(policy, 'resourceName'),
            t('Only cpu and memory can be resized, not {0}.', resource),
          );
        if (seen.has(resource)) report(placeOf(policy, 'resourceName'), t('{0} is here twice.', resource));
        seen.add(resource);
        if (never && filledText(policy.get('restartPolicy')) === 'RestartContainer') {
          report(
            placeOf(policy, 'restartPolicy'),
            t('A container of a pod with restartPolicy: Never cannot be restarted for a resize.'),
          );
        }
      }
    }
  },
};
