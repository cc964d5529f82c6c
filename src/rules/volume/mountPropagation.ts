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
        `Only a privileged container may have mountPropagation: Bidirectional, and ${container.title} is none. HostToContainer shows it the mounts of the node without that.`,
        {
          fixes: [replaceFix('Write HostToContainer', at, 'HostToContainer')],
        },
      );
    }
  },
};
