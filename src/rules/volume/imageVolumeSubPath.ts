import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { filledText, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf, volumesOf } from './volumeViews.ts';

/** subPath of an image volume: servers before 1.33 refuse it. */
export const imageVolumeSubPath: Rule = {
  code: 'image-volume-sub-path',
  title: 'A subPath of an image volume, which older servers refuse',
  severity: 'error',
  kinds: 'pods',
  check({ pod, cluster, report }) {
    if (pod === undefined || (cluster.minorVersion ?? 36) >= 33) return;
    const images = new Set(
      volumesOf(pod)
        .filter((volume) => volume.sources[0]?.key.value === 'image')
        .map((volume) => volume.name),
    );
    for (const { node, volume } of pod.containers.flatMap(mountsOf)) {
      if (volume === undefined || !images.has(volume)) continue;
      for (const key of ['subPath', 'subPathExpr']) {
        if (filledText(node.get(key)) === undefined) continue;
        report(keyPlace(node, key), t('Servers before 1.33 do not take {0} on an image volume.', key), {
          fixes: removeFix(node, key),
        });
      }
    }
  },
};
