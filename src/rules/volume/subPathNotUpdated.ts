import { t } from '../../base/l10n.ts';
import { keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf, volumesOf } from './volumeViews.ts';

const living = new Set(['configMap', 'secret', 'projected', 'downwardAPI']);

/** A single file of a ConfigMap or Secret by subPath: it keeps the content it had when the container started. */
export const subPathNotUpdated: Rule = {
  code: 'sub-path-not-updated',
  title: 'A subPath of a ConfigMap or Secret is never updated',
  severity: 'hint',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const sources = new Map(volumesOf(pod).map((volume) => [volume.name, volume.sources[0]?.key.value]));
    for (const { node, volume } of pod.containers.flatMap(mountsOf)) {
      const source = sources.get(volume);
      const key = node.has('subPath') ? 'subPath' : 'subPathExpr';
      if (volume === undefined || source === undefined || !living.has(source) || !node.has(key)) continue;
      report(
        keyPlace(node, key),
        t(
          'Mounted by {0}, a file of a {1} is not updated when the {1} changes: only a new pod sees the change.',
          key,
          source,
        ),
      );
    }
  },
};
