import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { filledText, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The medium of an emptyDir: the server takes any text, the kubelet only what it knows. */
export const emptyDirMedium: Rule = {
  code: 'empty-dir-medium',
  title: 'An emptyDir with a medium that no node knows',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const source = mapOf(volume.get('emptyDir'));
      const medium = filledText(source?.get('medium'));
      if (
        source === undefined ||
        medium === undefined ||
        medium === 'Memory' ||
        /^HugePages(?:-\S+)?$/.test(medium)
      )
        continue;
      const at = placeOf(source, 'medium');
      report(
        at,
        t(
          'No node knows the medium "{0}": the pod is accepted, but does not start. It is "" (disk), Memory or HugePages.',
          medium,
        ),
        {
          fixes: /^(?:memory|ram|tmpfs|mem)$/i.test(medium)
            ? [replaceFix(t('Write Memory'), at, 'Memory', true)]
            : [],
        },
      );
    }
  },
};
