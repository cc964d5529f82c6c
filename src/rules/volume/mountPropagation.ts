import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { booleanOf, filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf } from './volumeViews.ts';

/** Bidirectional mount propagation reaches the node, so only a privileged container may have it. */
export const mountPropagation: Rule = {
  code: 'mount-propagation',
  title: 'Bidirectional mount propagation without a privileged container',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { node, container } of pod?.containers.flatMap(mountsOf) ?? []) {
      if (filledText(node.get('mountPropagation')) !== 'Bidirectional') continue;
      const privileged = booleanOf(mapOf(container.node.get('securityContext'))?.get('privileged'));
      if (privileged === true) continue;
      const at = placeOf(node, 'mountPropagation');
      report(
        at,
        t(
          'Only a privileged container may have mountPropagation: Bidirectional, and {0} is none. HostToContainer shows it the mounts of the node without that.',
          container.title,
        ),
        {
          fixes: [replaceFix(t('Write HostToContainer'), at, 'HostToContainer')],
        },
      );
    }
  },
};
