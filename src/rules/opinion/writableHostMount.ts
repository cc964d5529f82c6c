import { t } from '../../base/l10n.ts';
import { booleanOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf, volumesOf } from '../volume/volumeViews.ts';

/** A directory of the node that a container can write to. */
export const writableHostMount: Rule = {
  code: 'writable-host-mount',
  title: 'A hostPath that a container can write to',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const names = new Set(
      volumesOf(pod)
        .filter((volume) => volume.sources[0]?.key.value === 'hostPath')
        .map((volume) => volume.name),
    );
    for (const { node, volume, container } of pod.containers.flatMap(mountsOf)) {
      if (volume === undefined || !names.has(volume) || booleanOf(node.get('readOnly')) === true) continue;
      report(
        placeOf(node, 'name'),
        t(
          'Container {0} can write to the node through volume "{1}". Add readOnly: true if it need not.',
          container.title,
          volume,
        ),
      );
    }
  },
};
